import {describe, expect, test} from 'vitest'
import {fixed, forever} from '../../sim/engine/distributions.ts'
import {hours, millis, minutes, seconds} from '../../sim/engine/time.ts'
import type {BackoffOptions, TierOptions} from '../../sim/net/options.ts'
import {critical, distance} from '../engine/kolmogorov-smirnov.ts'
import {l4lb, type Play, probe, proxies, release, websockets} from '../harness.ts'
import {confidence, range} from './statistics.ts'
import {watch} from './watch.ts'

/** Connections that are dropped at once: half of all, for two hosts share them evenly. */
const dropped = 20_000

const play = (reconnect: BackoffOptions, tier: Partial<TierOptions> = {}): Play => ({
  end: minutes(3),
  tiers: {
    edge: proxies(2, {
      cores: 1,
      boot: {time: fixed(minutes(10)), cores: 0, warmup: 0, slowdown: 1},
      backlog: 2 * dropped,
      behind: l4lb({pick: 'least-connections'}),
      ...tier,
    }),
  },
  traffic: {chat: websockets('edge', 2 * dropped, forever, {connectTimeout: minutes(1), reconnect})},
  release: [release('edge', 'graceful-drain', {batch: 1, drainTimeout: seconds(1)})],
})

/** 1 ms of one core for each of them: a host can shake μ = 1,000 hands per second. */
const handshakes = {cpu: {handshake: millis(1), request: 0}}

interface Storm {
  /** When, counted from the drop, each connection asked for its successor. */
  readonly asked: number[]
  /** How long each of them waited to be accepted. */
  readonly took: number[]
}

function storm(it: Play): Storm {
  let droppedAt = 0
  const asked: number[] = []
  const took: number[] = []
  watch(it, 1, {
    closed: at => {
      droppedAt = at
    },
    reconnects: at => asked.push(at - droppedAt),
    opened: (...[at, , , , duration]) => {
      if (at > 0) took.push(duration)
    },
  })
  return {asked, took}
}

const base = {factor: 2, cap: minutes(1)}

describe('20,000 connections dropped at once', () => {
  test('come back at N / J over a window of full jitter', () => {
    // N / J = 20,000 / 20 s = 1,000 per second, none later. The largest distance from a uniform law is below
    // √(-ln(5e-7) / 2N) = 0.019 with a chance of 1 - 1e-6: a window that is 2 % longer or shorter would show.
    const window = seconds(20)
    const {asked} = storm(play({...base, base: window, jitter: 'full'}))
    expect(asked.length).toBe(dropped)
    expect(distance(asked, x => Math.min(1, 1 - x / window))).toBeLessThan(critical(dropped, confidence))
    // Counts of a second are binomial, 1,000 ± 31; the highest of 20 is above the mean, and 5.5 deviations above it
    // with a chance of 20 × 2e-8.
    const peak = Math.max(...perSecond(asked))
    expect(peak).toBeGreaterThanOrEqual(dropped / 20)
    expect(peak).toBeLessThan(dropped / 20 + 5.5 * Math.sqrt(dropped / 20))
  })

  test('come back in one instant without jitter', () => {
    const {asked} = storm(play({...base, base: seconds(3), jitter: 'none'}))
    expect(new Set(asked)).toEqual(new Set([seconds(3)]))
    expect(asked.length).toBe(dropped)
  })

  test('are all back N / μ after the drop when they come faster than a host can shake hands', () => {
    // Over 10 s they come at 2,000 per second to the one host that is left, and it is busy from the first, half a
    // millisecond after the drop on average, to the last, N / μ = 20 s later.
    const {asked, took} = storm(play({...base, base: seconds(10), jitter: 'full'}, handshakes))
    const order = [...asked].sort((a, b) => a - b)
    const back = order.map((at, i) => at + took[i]!)
    expect(took.length).toBe(dropped)
    expect(Math.max(...back)).toBeGreaterThanOrEqual(seconds(20))
    expect(Math.max(...back)).toBeLessThan(seconds(20.02))
  })

  test('hardly wait when the window is longer than N / μ', () => {
    // Over 40 s they come at 500 per second, half of what the host can do: a wait of 1 ms × 0.5 / (2 × 0.5) = 0.5 ms on
    // average (M/D/1), and of more than 30 ms with a chance of e^(-1.256 × 30), which is 4e-17.
    const {took} = storm(play({...base, base: seconds(40), jitter: 'full'}, handshakes))
    expect(Math.max(...took)).toBeLessThan(millis(32))
  })
})

test('without jitter, clients that are refused come again in the same instants, 1, 3, 7, 15 and 31 s after the drop', () => {
  // Both hosts are killed at once and listen again 20 s later, before any health check has taken them out. A refusal costs nothing here, so the waits of 1, 2, 4, 8
  // and 16 s end together; the sixth attempt of all 40,000 would come at 63 s, but the fifth is answered.
  const it = play(
    {...base, base: seconds(1), jitter: 'none'},
    {
      boot: {time: fixed(seconds(20)), cores: 0, warmup: 0, slowdown: 1},
      behind: l4lb({probe: probe({interval: hours(1)})}),
    },
  )
  const {asked} = storm({...it, release: [release('edge', 'hard-restart', {batch: 2})]})
  const instants = [1, 3, 7, 15, 31].map(seconds)
  expect(new Set(asked)).toEqual(new Set(instants))
  for (const instant of instants) expect(asked.filter(at => at === instant).length).toBe(2 * dropped)
})

function perSecond(instants: readonly number[]): number[] {
  const counts = range(Math.ceil(Math.max(...instants) / seconds(1)) + 1).map(() => 0)
  for (const at of instants) counts[Math.floor(at / seconds(1))]!++
  return counts
}
