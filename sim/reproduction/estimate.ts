import jStat from 'jstat'

/** What replications say of a number: its mean, and half the width of the interval that the true mean lies in. */
export interface Estimate {
  readonly mean: number
  /** 95 % of such intervals hold the true mean (Student's t); Infinity where one replication says nothing of it. */
  readonly half: number
  readonly replications: number
}

export const confidence = 0.95

/** `values` are independent of each other: one from each replication. */
export function estimate(values: readonly number[]): Estimate {
  const {length} = values
  const mean = values.reduce((sum, value) => sum + value, 0) / length
  if (length < 2) return {mean, half: Number.POSITIVE_INFINITY, replications: length}
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (length - 1)
  return {mean, half: quantile(length - 1) * Math.sqrt(variance / length), replications: length}
}

const quantile = (degrees: number): number => jStat.studentt.inv((1 + confidence) / 2, degrees)
