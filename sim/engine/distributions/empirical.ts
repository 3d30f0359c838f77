import type {Duration} from '../time.ts'
import {type Distribution, law} from './distribution.ts'

/** One of `values`, each as likely as it is frequent; under way at an instant, in proportion to its length. */
export function empirical(values: readonly Duration[]): Distribution {
  if (values.length === 0) throw new RangeError('empirical: at least one duration is needed')
  const wrong = values.find(value => !(value >= 0 && value < Infinity))
  if (wrong !== undefined) throw new RangeError(`empirical: a duration is finite and 0 or longer, not ${wrong}`)
  const sorted = Float64Array.from(values).sort()
  const sums = prefixSums(sorted)
  const total = sums.at(-1)!
  return law({
    kind: 'empirical',
    given: [values],
    mean: total / sorted.length,
    survival: x => 1 - firstAbove(sorted, x) / sorted.length,
    draw: random => random.pick(values),
    drawLengthBiased: random => (total === 0 ? 0 : sorted[firstAbove(sums, random.fineUniform() * total)]!),
    residualSurvival: x => leftOver(sorted, sums, x) / total || 0,
  })
}

function prefixSums(values: Float64Array): Float64Array {
  let sum = 0
  return values.map(value => (sum += value))
}

/** How much of the values lies beyond `x`, in all. */
function leftOver(sorted: Float64Array, sums: Float64Array, x: number): number {
  const first = firstAbove(sorted, x)
  const before = first === 0 ? 0 : sums[first - 1]!
  return sums.at(-1)! - before - x * (sorted.length - first)
}

/** The index of the first that is greater than `x`, or the length if none is. */
function firstAbove(ascending: Float64Array, x: number): number {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (ascending[middle]! > x) high = middle
    else low = middle + 1
  }
  return low
}
