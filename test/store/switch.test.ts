import {describe, expect, test} from 'vitest'
import {fixed} from '../../sim/engine/distributions.ts'
import {minutes, seconds} from '../../sim/engine/time.ts'
import type {StoreReport} from '../../sim/metrics/stores.ts'
import type {OptionValue} from '../../sim/scenario/scenario.ts'
import {release} from '../harness.ts'
import {agree, mean, range} from '../oracles/statistics.ts'
import {commands, dataOf, played, redis} from './sample.ts'

/** Writes a second, lag and time until all clients have moved in seconds, keys. */
const [w, d, T, K] = [500, 1, 20, 2_000]

const switched = (strategy: string, options: Record<string, OptionValue> = {}, seed = 1): StoreReport =>
  dataOf(
    {
      end: minutes(1),
      tiers: {redis: redis(1, {lag: fixed(seconds(d))})},
      traffic: {app: commands(w, {keys: K})},
      release: [release('redis', strategy, {clientsMove: seconds(T), ...options})],
    },
    seed,
  )

/** Holds a count of writes, which come as a Poisson process, against its mean. */
const expectNear = (got: number, mean: number, runs = 1) => agree(got, mean, Math.sqrt(mean / runs))

/** Of hosts that move one after the other over T, how many have by a time. */
const moved = (at: number) => Math.min(20, Math.max(0, Math.floor((at / T) * 20 + 0.5))) / 20

/**
 * Seconds of writes at the new node that are overwritten, of keys with `rate` writes a second each: the first older one that comes
 * from the old node does it, unless a newer one has come to the new node before.
 */
function overwrittenFor(rate: number, step = 0.02): number {
  let seconds = 0
  for (let u = step / 2; u < T + d; u += step) {
    let [spared, share] = [1, 0]
    for (let x = step / 2; x < d; x += step) {
      const older = rate * (1 - moved(u - d + x))
      const ends = 1 - Math.exp(-step * (older + rate * moved(u + x)))
      share += (spared * ends * older) / (older + rate * moved(u + x))
      spared *= 1 - ends
    }
    seconds += moved(u) * share * step
  }
  return seconds
}

describe('what a switch costs', () => {
  test('promoting before clients move loses what half of them write meanwhile, and what is on its way: w T / 2 + w d', () => {
    expectNear(switched('promote-then-switch').lost, (w * T) / 2 + w * d)
  })

  test('a writable replica loses nothing, and overwrites w² d T / (6 K) newer writes by older ones', () => {
    const runs = 8
    const reports = range(runs).map(k => switched('writable-replica', {}, k + 1))
    expect(reports.map(({lost}) => lost)).toEqual(range(runs).map(() => 0))
    // A little less, for one that is overwritten twice counts once, and hosts move in steps of one in twenty:
    // the sum of (k / 20) (1 - k / 20) over the steps is 0.16625 in place of 1 / 6.
    const overwritten = mean(reports.map(it => it.overwritten))
    expectNear(overwritten, (w * w * d * T) / (6 * K), runs)
  })

  test('a write of few keys is overwritten once at most, and not if a newer one has replaced it', () => {
    const keys = 100
    const it = {
      end: minutes(1),
      tiers: {redis: redis(1, {lag: fixed(seconds(d))})},
      traffic: {app: commands(w, {keys})},
      release: [release('redis', 'writable-replica', {clientsMove: seconds(T)})],
    }
    const mean = w * overwrittenFor(w / keys)
    agree(dataOf(it).overwritten, mean, Math.sqrt(mean))
    // The closed form, in which who moves while a write is on its way does not count, and the first order.
    const closed = ((w * T) / 6) * (1 - Math.exp((-w * d) / keys))
    expect(mean / closed).toBeGreaterThan(1)
    expect(mean / closed).toBeLessThan(1 + (3 * d) / T)
    expect((w * w * d * T) / (6 * keys)).toBeGreaterThan(4 * mean)
  })

  test('a sync that is shorter than the lag leaves less on its way: w T / 2 + w S', () => {
    // A snapshot is sent and loaded in 2 s, and a write takes 5 s.
    const {lost} = dataOf({
      end: minutes(1),
      tiers: {redis: redis(1, {lag: fixed(seconds(5))})},
      traffic: {app: commands(w, {keys: K})},
      release: [release('redis', 'promote-then-switch', {clientsMove: seconds(T)})],
    })
    expectNear(lost, (w * T) / 2 + w * 2)
  })

  test('a pause that is longer than lag and move together loses nothing, and w (d + T / 2) writes wait', () => {
    const {lost, overwritten, delayed} = switched('client-pause', {writePause: seconds(d + T + 1)})
    expect([lost, overwritten]).toEqual([0, 0])
    expectNear(delayed.count, w * (d + T / 2))
    // Fewer than all writes of the pause, for who has moved waits no longer.
    expect(delayed.count).toBeLessThan(w * (d + T + 1))
    // The last of the hosts moves at T (20 - 1/2) / 20.
    expect(delayed.max!).toBeCloseTo(d + (T * 19.5) / 20, 1)
  })

  test('a pause that ends before all have moved loses what those write who have not', () => {
    const P = 11
    // At the end of the pause a share f has moved; the others had w P writes waiting between them, and write on.
    const f = (P - d) / T
    const lost = w * (P * (1 - f) + (T * (1 - f) ** 2) / 2)
    expectNear(switched('client-pause', {writePause: seconds(P)}).lost, lost)
  })

  test('FAILOVER loses nothing: the writes of the lag wait, and get READONLY once', () => {
    const {lost, readOnly, delayed} = switched('failover')
    expect(lost).toBe(0)
    expectNear(readOnly, w * d)
    expect(delayed.count).toBe(readOnly)
    // The lag, 100 ms until they ask again, and twice there and back.
    expect(delayed.max!).toBeLessThan(d + 0.11)
  })

  test('SENTINEL FAILOVER loses what the old primary takes until it is told, and the lag: w (8 s + d)', () => {
    const {lost, twoPrimaries} = switched('sentinel-failover')
    expectNear(lost, w * (8 + d))
    expect(twoPrimaries).toBe(8)
  })

  const dual = {
    end: minutes(1),
    tiers: {redis: redis(1)},
    release: [release('redis', 'dual-write', {clientsMove: seconds(T)})],
  }

  test('dual writes lose nothing as long as both sides answer, and take two round trips', () => {
    const {traffic, stores} = played(dual)
    expect(stores!.redis).toMatchObject({lost: 0, duplicated: 0})
    // One that reaches the new node 2 ms after it was executed at the old one may replace a newer one of a client that has
    // moved: w² 2 ms T / (6 × 10,000) = 0.17, and more than 4 with a chance of 1e-6.
    expect(stores!.redis!.overwritten).toBeLessThan(5)
    expect(traffic.app!.latency).toMatchObject({p90: 0.004, max: 0.004})
  })

  test('dual writes of which one side fails diverge: what that missed is lost', () => {
    // Clients begin to write twice over 20 s from 10 s on, the copy takes 1 s, and the first of 20 hosts moves at 31 s, then
    // one each second. From 33.5 s to 35.5 s the new node hangs: 17, 16 and 15 hosts of 20 write to it for 0.5, 1 and 0.5 s.
    const hangs = {kind: 'host-stalls', tier: 'redis', host: 1, at: seconds(33.5), lasts: seconds(2)} as const
    expectNear(dataOf({...dual, faults: [hangs]}).lost, (w / 20) * (17 * 0.5 + 16 + 15 * 0.5))
  })

  test('a maintenance window lasts for as long as to save, to start and to load', () => {
    // 100 MB at 100 MB/s twice, and nothing to start.
    const {withoutPrimary, lost} = switched('maintenance-window')
    expect([withoutPrimary, lost]).toEqual([2, 0])
  })
})

describe('who is asked', () => {
  const moves = {release: [release('redis', 'promote-then-switch', {clientsMove: 0})], end: minutes(1)}

  test('a resolver that keeps an old address has its host ask a node that is gone, until it asks for the name again', () => {
    const cached = (ttl: number) =>
      dataOf({...moves, tiers: {redis: redis(1)}, traffic: {app: commands(w, {ttl: seconds(ttl)})}}).delayed
    // One that was on the wire as the old node was stopped.
    expect(cached(0).count).toBeLessThan(10)
    // Each of 20 hosts keeps the old address for a time of its own from 0 to 10 s.
    agree(cached(10).count, w * 5, (w * 10) / Math.sqrt(12 * 20))
    expect(cached(10).max!).toBeGreaterThan(8)
    expect(cached(10).max!).toBeLessThan(10.2)
  })

  test('blocking commands keep connections at the old primary, so that more is lost', () => {
    const lost = (blocking: number) =>
      dataOf({...moves, tiers: {redis: redis(1)}, traffic: {app: commands(w, {blocking: seconds(blocking)})}}).lost
    expect(lost(0)).toBe(0)
    // Each of 20 hosts stays for a time of its own from 0 to 20 s.
    agree(lost(20), w * 10, (w * 20) / Math.sqrt(12 * 20))
  })
})
