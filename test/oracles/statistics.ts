import {expect} from 'vitest'

/**
 * A right model is to fail for less than one seed in a million, and the seeds are fixed besides: a test that passes
 * always passes. A normal variate is more than five standard deviations from its mean with a chance of 6e-7.
 */
const sigmas = 5
/** The confidence that goes with it, where a test is not about one number. */
export const confidence = 1 - 1e-6

/** Holds a number of a run, which scatters by `deviation` in a right model, against what it should be on average. */
export function agree(got: number, wanted: number, deviation: number, most = sigmas): void {
  const off = (got - wanted) / deviation
  const text = `${got} instead of ${wanted}: ${off.toFixed(2)} standard deviations of ${deviation.toPrecision(3)}`
  if (process.env.ORACLES !== undefined) console.info(`${expect.getState().currentTestName}: ${text}`)
  expect(Math.abs(off), text).toBeLessThan(most)
}

export const sum = (xs: readonly number[]): number => xs.reduce((total, x) => total + x, 0)
export const mean = (xs: readonly number[]): number => sum(xs) / xs.length
export const range = (count: number): number[] => Array.from({length: count}, (_, i) => i)

/** The standard deviation of one of `xs`, estimated from all. */
export function deviationOf(xs: readonly number[]): number {
  const middle = mean(xs)
  return Math.sqrt(sum(xs.map(x => (x - middle) ** 2)) / (xs.length - 1))
}

/** The standard deviation of a count of `n` independent things that each happen with chance `p`. */
export const binomialDeviation = (n: number, p: number): number => Math.sqrt(n * p * (1 - p))

/** The means of `batches` stretches: nearly independent of each other where consecutive values are not. */
export function batchMeans(xs: readonly number[], batches: number): number[] {
  const size = Math.floor(xs.length / batches)
  return range(batches).map(i => mean(xs.slice(i * size, (i + 1) * size)))
}

/** Pearson's distance between counts and their expectations: chi-squared, with as many degrees as there are counts. */
export const chiSquared = (counts: readonly number[], expected: readonly number[]): number =>
  sum(counts.map((count, i) => (count - expected[i]!) ** 2 / expected[i]!))

/** What a chi-squared variate exceeds with a chance of 5e-7 (Wilson and Hilferty 1931). */
export const chiSquaredLimit = (degrees: number): number =>
  degrees * (1 - 2 / (9 * degrees) + 4.9 * Math.sqrt(2 / (9 * degrees))) ** 3
