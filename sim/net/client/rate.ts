import type {Random} from '../../engine/random.ts'
import {seconds, type Time} from '../../engine/time.ts'
import type {RateCurve} from '../options.ts'

const second = seconds(1)

/** Requests per second at one instant. */
export function rateAt(curve: RateCurve, at: Time): number {
  if (curve.kind === 'constant') return curve.perSecond
  if (curve.kind === 'points') return between(curve.points, at)
  return curve.mean * (1 + curve.swing * Math.cos((2 * Math.PI * (at - curve.peakAt)) / curve.period))
}

/** A rate that the curve never passes, per second. */
export function highestRate(curve: RateCurve): number {
  if (curve.kind === 'constant') return curve.perSecond
  if (curve.kind === 'points') return Math.max(...curve.points.map(point => point.perSecond))
  return curve.mean * (1 + curve.swing)
}

/**
 * The instants of a Poisson process with a rate that changes: candidates come at the highest rate and stay with
 * probability rate / highest (Lewis and Shedler 1979, thinning).
 */
export class PoissonArrivals {
  private readonly curve: RateCurve
  private readonly random: Random
  private readonly highest: number
  /** The last candidate, to a fraction of a microsecond, so that rounding does not add up. */
  private last = 0

  constructor(curve: RateCurve, random: Random) {
    this.curve = curve
    this.random = random
    this.highest = highestRate(curve)
  }

  /** The arrival after the last one; Infinity when none can come any more before `end`. */
  next(end: Time): Time {
    if (this.highest <= 0) return Number.POSITIVE_INFINITY
    const mean = second / this.highest
    do {
      this.last += this.random.exponentialFloat() * mean
      if (this.last > end) return Number.POSITIVE_INFINITY
    } while (this.curve.kind !== 'constant' && !this.random.chance(rateAt(this.curve, this.last) / this.highest))
    return Math.floor(this.last)
  }
}

function between(points: readonly {at: Time; perSecond: number}[], at: Time): number {
  const next = points.findIndex(point => point.at > at)
  if (next === -1) return points.at(-1)?.perSecond ?? 0
  if (next === 0) return points[0]!.perSecond
  const [a, b] = [points[next - 1]!, points[next]!]
  return a.perSecond + ((b.perSecond - a.perSecond) * (at - a.at)) / (b.at - a.at)
}
