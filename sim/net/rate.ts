import type {Random} from '../engine/random.ts'
import {seconds, type Time} from '../engine/time.ts'
import type {RateCurve} from './options.ts'

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

  constructor(curve: RateCurve, random: Random) {
    this.curve = curve
    this.random = random
    this.highest = highestRate(curve)
  }

  /** The first arrival after `now`; Infinity when none can come any more before `end`. */
  after(now: Time, end: Time): Time {
    if (this.highest <= 0) return Number.POSITIVE_INFINITY
    const mean = second / this.highest
    for (let at = now; ; ) {
      at += this.random.exponentialFloat() * mean
      if (at > end) return Number.POSITIVE_INFINITY
      if (this.curve.kind === 'constant' || this.random.chance(rateAt(this.curve, at) / this.highest))
        return Math.max(now, Math.round(at))
    }
  }
}

function between(points: readonly {at: Time; perSecond: number}[], at: Time): number {
  const next = points.findIndex(point => point.at > at)
  if (next === -1) return points.at(-1)?.perSecond ?? 0
  if (next === 0) return points[0]!.perSecond
  const [a, b] = [points[next - 1]!, points[next]!]
  return a.perSecond + ((b.perSecond - a.perSecond) * (at - a.at)) / (b.at - a.at)
}
