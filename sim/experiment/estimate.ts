import jStat from 'jstat'
import {mean, sampleStandardDeviation} from 'simple-statistics'

/** What replications say of a number: its mean, and half the width of the interval that the true mean lies in. */
export interface Estimate {
  readonly mean: number
  /** So much of such intervals, 95 % unless told, hold the true mean (Student's t); Infinity where there is but one replication. */
  readonly half: number
  readonly replications: number
}

export const usualConfidence = 0.95

/** `values` are independent of each other, one from each replication; there is at least one. */
export function estimate(values: readonly number[], confidence = usualConfidence): Estimate {
  const {length} = values
  const middle = mean([...values])
  const half = length < 2 ? Number.POSITIVE_INFINITY : halfWidth(deviation(values), length, confidence)
  // What differs in its last bits alone is the same: 0.1 three times has a mean that is not quite 0.1.
  return {mean: middle, half: half < Math.abs(middle) * 1e-12 ? 0 : half, replications: length}
}

/** Half of the interval that so many values of this standard deviation give; one value gives none. */
export const halfWidth = (deviation: number, replications: number, confidence = usualConfidence): number =>
  (quantile((1 + confidence) / 2, replications - 1) * deviation) / Math.sqrt(replications)

/** Of a sample, so that its square is not biased. */
export const deviation = (values: readonly number[]): number => sampleStandardDeviation([...values])

const quantile = (probability: number, degrees: number): number => jStat.studentt.inv(probability, degrees)
