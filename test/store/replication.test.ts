import {describe, expect, test} from 'vitest'
import {fixed} from '../../sim/engine/distributions.ts'
import {millis, minutes, seconds} from '../../sim/engine/time.ts'
import type {ControlEvent} from '../../sim/net/events.ts'
import type {StoreOptions} from '../../sim/net/options.ts'
import {release} from '../harness.ts'
import {agree} from '../oracles/statistics.ts'
import {watch} from '../oracles/watch.ts'
import {commands, dataOf, played, redis} from './sample.ts'

const w = 500
const isolated = (host: number, at: number, lasts: number) =>
  ({kind: 'host-isolated', tier: 'redis', host, at: seconds(at), lasts: seconds(lasts)}) as const
const dies = (host: number, at: number, lasts: number) =>
  ({kind: 'host-dies', tier: 'redis', host, at: seconds(at), lasts: seconds(lasts)}) as const

describe('a replica that was away', () => {
  /** 100 bytes a write: of 10 s it has missed 500 kB. */
  const away = (options: Partial<StoreOptions>, lasts = 10) =>
    dataOf({tiers: {redis: redis(2, options)}, faults: [isolated(1, 20, lasts)], end: minutes(1)}).resyncs

  test('gets what it missed as long as the backlog has it', () => {
    expect(away({backlog: 1e6})).toEqual({full: 0, partial: 1})
  })

  test('gets everything when it has fallen behind the backlog', () => {
    expect(away({backlog: 100e3})).toEqual({full: 1, partial: 0})
  })

  test('has fallen behind at as many bytes as the backlog has', () => {
    // 5,000 writes of 100 bytes, give or take 5 times 71.
    expect(away({backlog: 500e3 - 36e3})).toEqual({full: 1, partial: 0})
    expect(away({backlog: 500e3 + 36e3})).toEqual({full: 0, partial: 1})
  })

  test('begins again and again when more is written during a snapshot than may wait for it', () => {
    // A snapshot takes 2 s, in which 100 kB are written: 50 kB are too much after 1 s, and a second later it tries again.
    const {full, partial} = away({backlog: 100e3, outputBuffer: 50e3})
    expect(partial).toBe(0)
    // 30 s in turns of some 2 s.
    expect(full).toBeGreaterThan(12)
    expect(full).toBeLessThan(18)
  })
})

describe('an initial sync', () => {
  const upgrade = (options: Partial<StoreOptions>, keys = 10_000) =>
    played({
      end: minutes(1),
      tiers: {redis: redis(1, options)},
      traffic: {app: commands(w, {keys})},
      release: [release('redis', 'promote-then-switch', {clientsMove: 0})],
    })

  test('takes as long as to fork, to send and to load', () => {
    // 100 MB at 50 MB/s, and at 25 MB/s from there.
    const {release} = upgrade({fork: seconds(0.5), bandwidth: 50e6, disk: 25e6})
    expect(release.redis!.duration).toBeCloseTo(0.5 + 2 + 4, 5)
  })

  test('stops the primary for as long as it forks, and not for longer', () => {
    const {delayed} = upgrade({fork: seconds(0.5)}).stores!.redis!
    agree(delayed.count, w * 0.5, Math.sqrt(w * 0.5))
    expect(delayed.max!).toBeLessThan(0.503)
  })

  test('copies a page for each key that is written meanwhile, up to as much memory again', () => {
    const peak = (keys: number) => upgrade({bandwidth: 10e6}, keys).tiers.redis!.memory.peak
    // 5,000 writes in 10 s reach nearly all of 500 keys, each of which has 1/500 of the data, besides 500 kB that wait.
    expect(peak(500)).toBeGreaterThan(199e6)
    expect(peak(500)).toBeLessThan(201e6)
    // Of 100,000 keys, each smaller than a page, 1 - exp(-0.05) take a page of 4 KiB.
    const written = 100_000 * (1 - Math.exp(-0.05))
    agree(peak(100_000), 100e6 + written * 4096 + 0.5e6, Math.sqrt(written) * 4200)
    // Of 10,000 keys a share of 1 - exp(-0.5) is written.
    expect(peak(10_000)).toBeCloseTo(100e6 * (2 - Math.exp(-0.5)) + 0.5e6, -6.5)
  })
})

describe('a primary that starts again', () => {
  const restart = (options: Partial<StoreOptions>, at = 20.5) =>
    dataOf({tiers: {redis: redis(2, options)}, faults: [dies(0, at, 1)], end: minutes(1)})

  test('comes back empty without a file on its disk, and its replica wipes what it has', () => {
    const {missing, lost, resyncs} = restart({persist: Number.POSITIVE_INFINITY})
    // 38.5 s of writes to 10,000 keys leave exp(-1.9) of them without a value; what was written before the fault is lost.
    expect(missing).toBeGreaterThan(1_200)
    agree(lost, w * 20.5, Math.sqrt(w * 20.5))
    expect(resyncs.full).toBe(1)
  })

  test('has all but what was not on its disk yet when the power failed', () => {
    // Every second, and half a second after the last time.
    const {lost, missing} = restart({persist: seconds(1)})
    agree(lost, w * 0.5, Math.sqrt(w * 0.5))
    expect(missing).toBe(0)
  })
})

describe('a stream', () => {
  test('keeps its order whatever the lags of its writes', () => {
    const {overwritten, lost} = dataOf({
      tiers: {redis: redis(1, {lag: fixed(millis(300))})},
      release: [release('redis', 'failover')],
      end: minutes(1),
    })
    expect([overwritten, lost]).toEqual([0, 0])
  })

  test('is told of: what a replica needs, from whom, and when it has it', () => {
    const told: string[] = []
    const control = (_: number, event: ControlEvent) => {
      if (event.kind === 'sync') told.push(event.state)
    }
    const it = {end: seconds(30), tiers: {redis: redis(1)}, traffic: {app: commands(w)}}
    watch({...it, release: [release('redis', 'failover')]}, 1, {control})
    expect(told).toEqual(['full', 'synced', 'partial'])
  })
})
