import {describe, expect, test} from 'vitest'
import {minutes, seconds} from '../../sim/engine/time.ts'
import type {FaultOptions, StoreOptions} from '../../sim/net/options.ts'
import {release} from '../harness.ts'
import {agree} from '../oracles/statistics.ts'
import {commands, played, redis} from './sample.ts'

const w = 500
const K = 10_000
const end = 90

/** 20 hosts begin to write twice, one each second from 10.5 s to 29.5 s, then comes the copy. A write that nobody answers is given up. */
const copied = (at: number, lasts: number, {host = 0, ...store}: Partial<StoreOptions> & {host?: number} = {}) => {
  const dies: FaultOptions = {
    ...{kind: 'host-dies', tier: 'redis', host},
    ...{at: seconds(at), lasts: seconds(lasts)},
  }
  return played({
    end: seconds(end),
    tiers: {redis: redis(1, store)},
    traffic: {app: commands(w, {keys: K, requestTimeout: seconds(1), retry: {...commands(w).retry, attempts: 0}})},
    faults: [dies],
    release: [release('redis', 'dual-write', {clientsMove: seconds(20), copyPatience: seconds(25)})],
  })
}

describe('a copy into a second store', () => {
  test('is given up where the first is dead for good: nothing comes of it, and what is lost is told', () => {
    const {stores, tiers, release: releases, warnings} = copied(20.5, Infinity)
    // Only what was acknowledged until then, less what was not on the disk yet.
    agree(stores!.redis!.acknowledged, w * 20.5, Math.sqrt(w * 20.5))
    agree(stores!.redis!.lost, w * 0.5, Math.sqrt(w * 0.5))
    expect(stores!.redis!.withoutPrimary).toBeCloseTo(end - 20.5, 5)
    expect(tiers.redis!.processes).toEqual({old: 0, new: 0})
    expect(releases.redis!.finishedAt).toBeCloseTo(29.5 + 25, 5)
    expect(warnings).toEqual(['dual-write has ended, and 0 of 1 hosts of redis have the new version'])
  })

  test('is given up where the second is: the first stays', () => {
    const {stores, tiers, release: releases} = copied(20.5, Infinity, {host: 1})
    expect(stores!.redis).toMatchObject({lost: 0, missing: 0, withoutPrimary: 0})
    expect(tiers.redis!.processes).toEqual({old: 1, new: 0})
    expect(releases.redis!.finishedAt).toBeCloseTo(29.5 + 25, 5)
  })

  test('waits for the first to come back, and has all that came back with it', () => {
    const {stores, tiers, release: releases} = copied(20.5, 20)
    // Half a second of writes was not on the disk; half of the hosts had written them twice.
    agree(stores!.redis!.lost, (w * 0.5) / 2, Math.sqrt((w * 0.5) / 2))
    // It comes back at 40.5 s and loads for 1 s.
    expect(stores!.redis).toMatchObject({missing: 0, withoutPrimary: 21})
    expect(tiers.redis!.processes).toEqual({old: 0, new: 1})
    // The copy takes 1 s, and the last of the hosts moves half a step before the end of the next 20.
    expect(releases.redis!.finishedAt).toBeCloseTo(41.5 + 1 + 19.5, 1)
  })

  test('has what it had by then of a first that comes back empty, and no more', () => {
    // Ten seconds, of which five have passed.
    const {missing, lost} = copied(34.5, 1, {persist: Infinity, bandwidth: 10e6}).stores!.redis!
    // Of the other half there is what was written twice: half of 19 s, since then all, but for the second without power.
    const each = (w / K) * (9.5 + (end - 29.5 - 1))
    const share = Math.exp(-each)
    agree(missing, (K / 2) * share, Math.sqrt((K / 2) * share * (1 - share)))
    agree(lost, (w * (10 + 20 / 2)) / 2, Math.sqrt(w * 10))
  })

  test('begins anew where the second comes back empty', () => {
    const {stores, release: releases} = copied(34.5, 1, {host: 1, persist: Infinity, bandwidth: 10e6})
    // What it did not get while it was away is in the second copy.
    expect(stores!.redis).toMatchObject({missing: 0, lost: 0})
    expect(releases.redis!.finishedAt).toBeCloseTo(35.5 + 10 + 19.5, 1)
  })
})

test('a node that is dead is no primary, though a new one is up that nobody asks', () => {
  const {withoutPrimary} = played({
    end: minutes(1),
    tiers: {redis: redis(1)},
    traffic: {app: commands(w, {retry: {...commands(w).retry, attempts: 0}})},
    faults: [{kind: 'host-dies', tier: 'redis', host: 0, at: seconds(20), lasts: Infinity}],
    release: [release('redis', 'dual-write', {clientsMove: minutes(1)})],
  }).stores!.redis!
  expect(withoutPrimary).toBe(40)
})
