import type {Random} from '../random.ts'
import {checkPositive, type Distribution, law} from './distribution.ts'

interface Part {
  /** How often, relative to the other parts. */
  readonly weight: number
  readonly of: Distribution
}

/** Of one law or another. Under way at an instant, a part is found in proportion to its weight times its mean. */
export function mixture(parts: readonly Part[]): Distribution {
  if (parts.length === 0) throw new RangeError('mixture: at least one part is needed')
  for (const {weight} of parts) checkPositive('mixture', 'a weight', weight)
  const shares = normalised(parts.map(({weight}) => weight))
  const mean = expectation(shares, parts, part => part.mean)
  let memory: readonly number[] | undefined
  const timeShares = () => {
    memory ??= normalised(parts.map(({of}, i) => shares[i]! * checkMean(of)))
    return memory
  }
  return law({
    kind: 'mixture',
    given: [parts],
    mean,
    survival: x => expectation(shares, parts, part => part.survival(x)),
    draw: random => choose(random, shares, parts).sample(random),
    drawLengthBiased: random => choose(random, timeShares(), parts).lengthBiased(random),
    drawResidual: random => choose(random, timeShares(), parts).residual(random),
    residualSurvival: x => expectation(timeShares(), parts, part => part.residualSurvival(x)),
  })
}

function normalised(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map(weight => (sum > 0 ? weight / sum : 1 / weights.length))
}

const expectation = (shares: readonly number[], parts: readonly Part[], value: (of: Distribution) => number): number =>
  parts.reduce((sum, {of}, i) => sum + shares[i]! * value(of), 0)

function choose(random: Random, shares: readonly number[], parts: readonly Part[]): Distribution {
  let left = random.fineUniform()
  for (const [i, {of}] of parts.entries()) {
    left -= shares[i]!
    if (left < 0) return of
  }
  return parts.at(-1)!.of
}

function checkMean(of: Distribution): number {
  if (of.mean === Infinity)
    throw new RangeError(`mixture: a part (${of.kind}) has an infinite mean, so there is no steady state to start in`)
  return of.mean
}
