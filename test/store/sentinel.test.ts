import {describe, expect, test} from 'vitest'
import {fixed, uniform} from '../../sim/engine/distributions.ts'
import {minutes, seconds} from '../../sim/engine/time.ts'
import type {FaultOptions, StoreOptions} from '../../sim/net/options.ts'
import {agree, range} from '../oracles/statistics.ts'
import {commands, dataOf, played, redis} from './sample.ts'

const w = 500
const again = commands(w).retry
const sentinel = {downAfter: seconds(5), vote: uniform(0, seconds(1)), convert: seconds(8)}
const dies: FaultOptions = {kind: 'host-dies', tier: 'redis', host: 0, at: seconds(20), lasts: Infinity}
const isolated = (host: number, at: number, lasts: number): FaultOptions => ({
  ...{kind: 'host-isolated', tier: 'redis', host},
  ...{at: seconds(at), lasts: seconds(lasts)},
})

const crash = (options: Partial<StoreOptions> = {}, faults = [dies], {seed = 1, hosts = 2} = {}) =>
  dataOf(
    {
      end: minutes(1),
      tiers: {redis: redis(hosts, {sentinel, lag: fixed(seconds(1)), ...options})},
      traffic: {app: commands(w, {requestTimeout: seconds(1), retry: {...again, attempts: 5}})},
      faults,
    },
    seed,
  )

describe('a primary that dies', () => {
  test('is missed for as long as Sentinels wait since its last answer, and vote', () => {
    // The last answer was up to 1 s before: 4 to 5 s, and up to 1 s more.
    const found = range(20).map(seed => crash({}, [dies], {seed: seed + 1}).withoutPrimary)
    expect(Math.min(...found)).toBeGreaterThan(4)
    expect(Math.max(...found)).toBeLessThan(6)
    // The mean of 20 sums of two uniform seconds, besides 4.
    agree(found.reduce((a, b) => a + b, 0) / 20, 5, Math.sqrt(2 / 12 / 20))
  })

  test('takes what was not replicated yet with it: w d', () => {
    agree(crash().lost, w, Math.sqrt(w))
  })

  test('takes all with it since its replica was cut off, unless it took no more writes by then (min-replicas-to-write)', () => {
    // Cut off at 10 s, ten seconds before it dies; from min-replicas-max-lag after the last ACK on it takes none.
    const faults = [isolated(1, 10, 11), dies]
    agree(crash({}, faults).lost, w * (10 + 1), Math.sqrt(w * 11))
    const bounded = crash({minReplicas: {count: 1, maxLag: seconds(3)}}, faults)
    agree(bounded.lost, w * (3 + 1), Math.sqrt(w * 4))
    expect(bounded.noReplicas).toBeGreaterThan(0)
  })

  test('is not missed when it is back before Sentinels call it down', () => {
    const {lost, resyncs} = crash({persist: 0}, [{...dies, lasts: seconds(2)}])
    expect([lost, resyncs.full]).toEqual([0, 0])
  })
})

describe('two masters', () => {
  const apart = isolated(0, 20, 20)

  test('take writes as long as clients reach an old one that Sentinels do not, and those of the old one are lost', () => {
    const {twoPrimaries, lost} = crash({}, [apart])
    // From 4 to 6 s after it was cut off until it is back, and until it is told.
    expect(twoPrimaries).toBeGreaterThan(20 - 6 + 8)
    expect(twoPrimaries).toBeLessThan(20 - 4 + 8 + 1.1)
    // All that it took since then, and what was on the way: nobody turns away from a primary that answers.
    agree(lost, w * (20 + 8 + 0.5 + 1), Math.sqrt(w * 30) + w * 0.3)
  })

  // Also for longer than it takes to promote another: the old one does not hear of it.
  test.each([3, 12])('lose no more than a min-replicas-max-lag of %d s allows', maxLag => {
    const {lost, twoPrimaries} = crash({minReplicas: {count: 1, maxLag: seconds(maxLag)}}, [apart], {hosts: 3})
    agree(lost, w * (maxLag + 1), Math.sqrt(w * (maxLag + 1)))
    expect(twoPrimaries).toBeGreaterThan(0)
  })
})

describe('a client', () => {
  test('that asks again without an answer may have its write executed twice', () => {
    const hangs: FaultOptions = {kind: 'host-stalls', tier: 'redis', host: 0, at: seconds(20), lasts: seconds(3)}
    const twice = (idempotent: boolean) =>
      played({
        end: seconds(40),
        tiers: {redis: redis(1)},
        traffic: {app: commands(w, {idempotent, requestTimeout: seconds(1)})},
        faults: [hangs],
      })
    // Whoever asks in the first 2 s of 3 has given up before the node goes on, and executes what it has read meanwhile.
    const [once, again] = [twice(false), twice(true)]
    expect(once.stores!.redis!.duplicated).toBe(0)
    agree(once.traffic.app!.timedOut, w * 2, Math.sqrt(w * 2))
    agree(again.stores!.redis!.duplicated, w * 2, Math.sqrt(w * 2))
    expect(again.traffic.app!.timedOut).toBe(0)
  })
})
