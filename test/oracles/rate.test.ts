import {describe, expect, test} from 'vitest'
import {hours, minutes, seconds} from '../../sim/engine/time.ts'
import type {RateCurve} from '../../sim/net/options.ts'
import {http, proxies} from '../harness.ts'
import {agree, chiSquared, chiSquaredLimit, range, sum} from './statistics.ts'
import {watch} from './watch.ts'

const intervals = 48

/** How many requests come in each of 48 intervals. */
function counts(rate: RateCurve, width: number): number[] {
  const found = range(intervals).map(() => 0)
  watch({end: intervals * width, tiers: {edge: proxies(1)}, traffic: {api: http('edge', 0, {rate})}}, 1, {
    started: at => {
      if (at < intervals * width) found[Math.floor(at / width)]!++
    },
  })
  return found
}

/** The integral of a rate over each interval: what comes on average. */
const expected = (integral: (from: number, to: number) => number, width: number) =>
  range(intervals).map(i => integral(i * width, (i + 1) * width))

/**
 * The squares of the distances of Poisson counts from their means, in standard deviations, add up to a chi-squared
 * variate of 48 degrees, which is above 113 for one seed in two million, and below 13.9 as rarely: counts may not be
 * more even than chance either. Rates off by a tenth in a quarter of intervals of 1,000 requests add 120.
 */
function arePoisson(found: readonly number[], wanted: readonly number[]): void {
  const distance = chiSquared(found, wanted)
  expect(Math.min(...wanted)).toBeGreaterThan(20)
  expect(distance).toBeLessThan(chiSquaredLimit(intervals))
  expect(distance).toBeGreaterThan(13.9)
  agree(sum(found), sum(wanted), Math.sqrt(sum(wanted)))
}

describe('requests come as a Poisson process', () => {
  test('at a constant rate', () => {
    arePoisson(
      counts({kind: 'constant', perSecond: 100}, seconds(10)),
      range(intervals).map(() => 1_000),
    )
  })

  test('at a rate that goes in straight lines from point to point, and stays as it is before and after them', () => {
    // 20 per second until 80 s, up to 100 at 160 s, down to 10 at 320 s, 10 until 480 s; intervals of 10 s lie within one
    // line each, where the integral is the rate in the middle.
    const at = [80, 160, 320].map(seconds)
    const perSecond = [20, 100, 10]
    const points = at.map((time, i) => ({at: time, perSecond: perSecond[i]!}))
    const rateAt = (time: number) => {
      if (time < at[0]!) return 20
      if (time < at[1]!) return 20 + (80 * (time - at[0]!)) / seconds(80)
      return time < at[2]! ? 100 - (90 * (time - at[1]!)) / seconds(160) : 10
    }
    arePoisson(
      counts({kind: 'points', points}, seconds(10)),
      expected((from, to) => 10 * rateAt((from + to) / 2), seconds(10)),
    )
  })

  test('at a rate that changes at once where two points are at the same time', () => {
    const points = [
      {at: seconds(240), perSecond: 10},
      {at: seconds(240), perSecond: 90},
    ]
    arePoisson(
      counts({kind: 'points', points}, seconds(10)),
      range(intervals).map(i => (i < 24 ? 100 : 900)),
    )
  })

  test('at a rate that swings as a sine over the day', () => {
    // The integral of mean (1 + swing cos(2π (t - peak) / T)) from a to b is
    // mean (b - a) + mean swing T / 2π (sin(2π (b - peak) / T) - sin(2π (a - peak) / T)).
    const curve = {kind: 'day', mean: 2, swing: 0.8, period: hours(24), peakAt: hours(20)} as const
    const angle = (t: number) => (2 * Math.PI * (t - curve.peakAt)) / curve.period
    const integral = (a: number, b: number) =>
      (curve.mean / seconds(1)) *
      (b - a + ((curve.swing * curve.period) / (2 * Math.PI)) * (Math.sin(angle(b)) - Math.sin(angle(a))))
    arePoisson(counts(curve, minutes(30)), expected(integral, minutes(30)))
  })
})
