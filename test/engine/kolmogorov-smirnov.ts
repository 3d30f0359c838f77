/**
 * The test of Kolmogorov and Smirnov, for samples that are whole numbers: a law is rounded to the nearest, so that a
 * sample above k means a draw above k + 1/2. That makes it right for laws with atoms too (conservative, if anything).
 */

/** The largest distance between the share of the samples above k and the chance of it, over all k. */
export function distance(samples: readonly number[], survival: (x: number) => number): number {
  const sorted = Float64Array.from(samples).sort()
  let largest = 0
  for (let i = 0; i < sorted.length; i++) {
    const at = sorted[i]!
    if (at !== sorted[i - 1]) largest = Math.max(largest, Math.abs(1 - i / sorted.length - survival(at - 0.5)))
    if (at !== sorted[i + 1]) largest = Math.max(largest, Math.abs(1 - (i + 1) / sorted.length - survival(at + 0.5)))
  }
  return largest
}

/** The distance that `count` samples of the right law exceed with a chance of `1 - confidence`. */
export const critical = (count: number, confidence: number): number =>
  Math.sqrt(-Math.log((1 - confidence) / 2) / 2 / count)

/** For real-valued draws: counted in units small enough that rounding them does not matter. */
export const unit = 1e-9
export const inUnits = (draws: readonly number[]): number[] => draws.map(draw => Math.round(draw / unit))
export const perUnit =
  (survival: (x: number) => number) =>
  (x: number): number =>
    survival(x * unit)

export const draws = (count: number, draw: () => number): number[] => Array.from({length: count}, draw)
