/** Microseconds since the run began: a whole number below 2^53, which is 285 years. */
export type Time = number
/** Microseconds between two times; Infinity where something never happens. */
export type Duration = number

/** Each of these gives a whole number of microseconds, rounded to the nearest; Infinity stays Infinity. */
export const micros = (count: number): Duration => Math.round(count)
export const millis = (count: number): Duration => Math.round(count * 1_000)
export const seconds = (count: number): Duration => Math.round(count * 1_000_000)
export const minutes = (count: number): Duration => Math.round(count * 60_000_000)
export const hours = (count: number): Duration => Math.round(count * 3_600_000_000)

/** For people and formats: seconds as a number with a fraction. */
export const toSeconds = (duration: Duration): number => duration / 1_000_000
