import type {Random} from '../random.ts'
import type {Duration} from '../time.ts'

/**
 * A law of durations. Samples are whole microseconds from 0 to 2^52 (142 years; what would be longer is told as that).
 *
 * Whoever looks at a renewal process in its steady state, at a connection that is open at t = 0, sees a duration drawn
 * with a chance in proportion to its length, and is equally likely to be anywhere in it: hence `lengthBiased` and
 * `residual` = a uniform share of it.
 */
export interface Distribution {
  /** The name of the function that makes it, or `forever`. */
  readonly kind: string
  /** What that was given: numbers, and laws that it mixes. */
  readonly given: readonly unknown[]
  /** In microseconds, not rounded; Infinity if there is none. */
  readonly mean: Duration
  /** The chance of a duration longer than `x`. */
  survival(x: Duration): number
  sample(random: Random): Duration
  /** A sample of the durations that are under way at an instant. RangeError if the mean is infinite. */
  lengthBiased(random: Random): Duration
  /** What is left of a duration that is under way at an instant. RangeError if the mean is infinite. */
  residual(random: Random): Duration
  /** The chance that more than `x` is left of a duration under way: (1 / mean) ∫ survival from `x` to infinity. */
  residualSurvival(x: Duration): number
}

/** What a law has to say of itself, before rounding; `law` makes a distribution of it. */
export interface Law {
  readonly kind: string
  readonly given: readonly unknown[]
  readonly mean: number
  survival(x: number): number
  draw(random: Random): number
  drawLengthBiased(random: Random): number
  /** Where there is a shorter way than a uniform share of a length-biased draw. */
  drawResidual?(random: Random): number
  residualSurvival(x: number): number
}

const longest: Duration = 2 ** 52
const whole = (x: number): Duration => Math.min(Math.floor(x + 0.5), longest)

export function law(it: Law): Distribution {
  const residual = it.drawResidual?.bind(it) ?? (random => random.fineUniform() * it.drawLengthBiased(random))
  return {
    kind: it.kind,
    given: it.given,
    mean: it.mean,
    survival: x => (x < 0 ? 1 : it.survival(x)),
    sample: random => whole(it.draw(random)),
    lengthBiased: random => whole(it.drawLengthBiased(random)),
    residual: random => whole(residual(random)),
    residualSurvival: x => (x <= 0 ? 1 : it.residualSurvival(x)),
  }
}

/** Never ends. */
export const forever: Distribution = {
  kind: 'forever',
  given: [],
  mean: Infinity,
  survival: () => 1,
  sample: () => Infinity,
  lengthBiased: () => Infinity,
  residual: () => Infinity,
  residualSurvival: () => 1,
}

/** RangeError unless `value` is a finite number above 0. */
export function checkPositive(kind: string, name: string, value: number): void {
  if (!(value > 0 && value < Infinity))
    throw new RangeError(`${kind}: ${name} is a finite number above 0, not ${value}`)
}
