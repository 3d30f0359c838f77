import {deviation, type Estimate, estimate, halfWidth, usualConfidence} from './estimate.ts'

/**
 * How much one way gives more than another under the same seeds. What a seed makes worse for one it mostly makes worse
 * for the other, so that differences of pairs have narrower intervals than means have.
 */
export interface Difference extends Estimate {
  /** `same` where the two gave the same under every seed; undecided where the interval holds 0. */
  readonly verdict: 'less' | 'more' | 'same' | 'undecided'
  /** Of an undecided one: replications after which it would be decided, if mean and spread stay; Infinity for more than a million. */
  readonly needed?: number
}

/** Of `values` over `against`, which stand in the same order of seeds; at least one pair. */
export function difference(
  values: readonly number[],
  against: readonly number[],
  confidence = usualConfidence,
): Difference {
  const pairs = values.map((value, i) => value - against[i]!)
  const found = estimate(pairs, confidence)
  if (pairs.every(it => it === 0)) return {...found, verdict: 'same'}
  const {mean, half, replications} = found
  if (Math.abs(mean) > half) return {...found, verdict: mean < 0 ? 'less' : 'more'}
  const needed = replications < 2 ? Number.POSITIVE_INFINITY : replicationsFor(mean, deviation(pairs), confidence)
  return {...found, verdict: 'undecided', needed}
}

const most = 1_000_000

/** The fewest replications whose interval leaves out 0. The interval narrows with each, so that halving finds it. */
export function replicationsFor(mean: number, deviation: number, confidence = usualConfidence): number {
  const decides = (count: number) => halfWidth(deviation, count, confidence) < Math.abs(mean)
  if (!decides(most)) return Number.POSITIVE_INFINITY
  let [few, enough] = [1, most]
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2)
    if (decides(middle)) enough = middle
    else few = middle
  }
  return enough
}
