import {describe, expect, test} from 'vitest'
import {forever} from '../../sim/engine/distributions.ts'
import {hours, minutes, seconds, type Time} from '../../sim/engine/time.ts'
import type {Closing} from '../../sim/net/events.ts'
import type {WorkloadOptions} from '../../sim/net/options.ts'
import type {OptionValue} from '../../sim/scenario/scenario.ts'
import {critical, distance} from '../engine/kolmogorov-smirnov.ts'
import {keepAlive, proxies, release, websockets} from '../harness.ts'
import {agree, binomialDeviation, confidence, range} from './statistics.ts'
import {watch} from './watch.ts'

const drainTime = minutes(10)
const begins = seconds(10)
/** A boot of 2 s comes first. */
const drains = begins + seconds(2)

/** When the old process of the only host closes its connections, counted from the beginning of its drain. */
function closings(traffic: WorkloadOptions, options: Record<string, OptionValue>, how: Closing): Time[] {
  const times: Time[] = []
  watch(
    {
      end: drains + drainTime + seconds(30),
      tiers: {edge: proxies(1, {keepAlive: Infinity})},
      traffic: {traffic},
      release: [release('edge', 'socket-takeover', {drainTime, drainTimeout: minutes(15), ...options}, begins)],
    },
    1,
    {
      closed: (at, ...[, , , closing]) => {
        if (closing === how && at >= drains && times.length < 4_000) times.push(at - drains)
      },
    },
  )
  return times
}

describe('a gradual drain of ten minutes', () => {
  test('closes a connection of r requests a second with the chance 1 - exp(-r t² / D) within t, for t in its first half', () => {
    // The chance that a response is the last rises as t / (D / 2), so the hazard is r t / (D / 2). At 0.05 requests a
    // second half are closed after √(600 s × ln 2 / 0.05) = 91 s, and after 300 s one in 1,800 is left, for which the
    // law is another: its next response is the last.
    const rate = 0.05
    const times = closings(keepAlive('edge', 4_000, 4_000 * rate), {closing: 'gradual'}, 'idle')
    expect(times).toHaveLength(4_000)
    const survival = (t: number) => Math.exp((-rate * (t / seconds(1)) ** 2) / 600)
    expect(distance(times, t => survival(Math.max(0, t)))).toBeLessThan(critical(4_000, confidence) + 1 / 1_800)
  })

  test('closes connections that nobody uses at random points of its last third', () => {
    const times = closings(keepAlive('edge', 4_000, 0), {closing: 'gradual'}, 'idle')
    expect(times).toHaveLength(4_000)
    const survival = (t: number) => Math.min(1, Math.max(0, (drainTime - t) / (drainTime / 3)))
    expect(distance(times, survival)).toBeLessThan(critical(4_000, confidence))
  })

  test('closes a tunnel of a message every m with the chance 1 - Π (1 - t / (D / 2)) over its messages', () => {
    // Messages every 20 s, the first after a Uniform(0, 20 s): so the share alive after two minutes is
    // E[(1 - u) (1 - u - 1/15) … (1 - u - 5/15)] with u uniform in 0 to 1/15: 0.249.
    const every = seconds(20)
    const alive = (first: number) => range(6).reduce((rest, k) => rest * (1 - (first + k * every) / (drainTime / 2)), 1)
    const wanted = range(1_000).reduce((sum, i) => sum + alive(((i + 0.5) / 1_000) * every) / 1_000, 0)
    expect(wanted).toBeCloseTo(0.249, 3)
    const chat = websockets('edge', 4_000, forever, {message: every, reconnect: later})
    const times = closings(chat, {tunnels: 'gradual'}, 'broken')
    expect(times).toHaveLength(4_000)
    const left = times.filter(t => t > minutes(2)).length
    agree(left, 4_000 * wanted, binomialDeviation(4_000, wanted))
    expect(Math.max(...times)).toBeLessThan(minutes(5) + every)
  })

  test('leaves tunnels alone unless it is told otherwise, and then may cut them all as it begins', () => {
    const chat = websockets('edge', 4_000, forever, {reconnect: later})
    expect(closings(chat, {closing: 'gradual'}, 'broken')).toEqual([])
    expect(closings(chat, {tunnels: 'cut'}, 'broken')).toEqual(range(4_000).map(() => 0))
  })
})

/** So late that nobody comes back within the run. */
const later = {base: hours(10), factor: 1, cap: hours(10), jitter: 'none'} as const

test('a process that does not leave early lives for the whole of its time-out', () => {
  const {report} = watch(
    {
      end: minutes(5),
      tiers: {edge: proxies(1)},
      release: [release('edge', 'socket-takeover', {drainTimeout: minutes(3), leavesEarly: false})],
    },
    1,
    {},
  )
  // 2 s of boot, and nothing to drain.
  expect(report.release.edge!.duration).toBe(182)
})
