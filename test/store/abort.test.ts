import {describe, expect, test} from 'vitest'
import {fixed, uniform} from '../../sim/engine/distributions.ts'
import {minutes, seconds} from '../../sim/engine/time.ts'
import {release} from '../harness.ts'
import {commands, played, redis, storing} from './sample.ts'

const slow = {redis: redis(1, {lag: fixed(seconds(20))})}

describe('a switch that comes to nothing', () => {
  test('leaves the old primary as it was when FAILOVER takes too long', () => {
    const {
      stores,
      tiers,
      traffic,
      release: releases,
      warnings,
    } = played({
      tiers: slow,
      release: [release('redis', 'failover', {syncTimeout: seconds(3)})],
    })
    expect(stores!.redis).toMatchObject({lost: 0, readOnly: 0, withoutPrimary: 0})
    // Writes were paused for 3 s and went on.
    expect(stores!.redis!.delayed.max!).toBeCloseTo(3, 1)
    expect(traffic.app).toMatchObject({failed: 0, refused: 0, reset: 0, timedOut: 0, open: 0})
    expect([tiers.redis!.hosts, tiers.redis!.processes]).toEqual([1, {old: 1, new: 0}])
    expect(releases.redis!.finishedAt).not.toBeNull()
    expect(warnings).toEqual(['failover has ended, and 0 of 1 hosts of redis have the new version'])
  })

  test('takes over all the same with FORCE, and loses what the replica had not', () => {
    const {stores, tiers} = played({
      tiers: slow,
      release: [release('redis', 'failover', {syncTimeout: seconds(3), force: true})],
    })
    // The lag of 20 s, of which writes were paused for 3.
    expect(stores!.redis!.lost).toBeGreaterThan(0)
    expect(tiers.redis!.processes).toEqual({old: 0, new: 1})
  })

  test('lets writes go on at the old primary when a replica does not catch up within CLIENT PAUSE', () => {
    const {stores, traffic, tiers} = played({
      tiers: slow,
      release: [release('redis', 'client-pause', {writePause: seconds(3), clientsMove: seconds(1)})],
    })
    expect(stores!.redis!.lost).toBe(0)
    expect(stores!.redis!.delayed.max!).toBeCloseTo(3, 1)
    expect(traffic.app).toMatchObject({failed: 0, refused: 0, reset: 0, timedOut: 0, open: 0})
    expect(tiers.redis!.processes).toEqual({old: 1, new: 0})
  })

  test('has its operator promote when no Sentinel does', () => {
    const {stores, tiers} = played({
      tiers: {redis: redis(1)},
      release: [release('redis', 'kill-primary', {silence: seconds(7)})],
    })
    expect(stores!.redis!.withoutPrimary).toBeCloseTo(7, 5)
    expect(tiers.redis!.processes).toEqual({old: 0, new: 1})
  })

  test('does not begin once it was called off, and gives the new nodes back', () => {
    const {stores, tiers, warnings} = played({
      end: minutes(1),
      tiers: {redis: redis(2)},
      traffic: {app: commands(500)},
      release: [{...release('redis', 'promote-then-switch'), halt: seconds(11)}],
    })
    expect(stores!.redis).toMatchObject({lost: 0, withoutPrimary: 0})
    expect(tiers.redis!.processes).toEqual({old: 2, new: 0})
    expect(warnings).toEqual(['promote-then-switch was halted at 11s: 0 of 2 hosts of redis have the new version'])
  })
})

describe('a switch that Sentinel makes before its turn', () => {
  /** Of two new nodes one is in sync at 20 s, when the old ones die, and the other is not there yet. */
  const taken = (strategy: string) =>
    played(
      {
        tiers: {
          redis: redis(2, {sentinel: {...storing().sentinel, downAfter: seconds(2)}}, uniform(seconds(1), seconds(30))),
        },
        traffic: {app: commands(100, {requestTimeout: seconds(5)})},
        faults: [1, 0].map((host, k) => ({
          ...{kind: 'host-dies', tier: 'redis', host},
          ...{at: seconds(20 + 5 * k), lasts: Number.POSITIVE_INFINITY},
        })),
        release: [release('redis', strategy, {force: true})],
      },
      7,
    )

  test.each([
    'promote-then-switch',
    'writable-replica',
    'client-pause',
    'failover',
    'sentinel-failover',
    'kill-primary',
  ])('is all that %s needs', strategy => {
    const {stores, tiers, release: releases, warnings} = taken(strategy)
    expect([tiers.redis!.hosts, tiers.redis!.processes]).toEqual([2, {old: 0, new: 2}])
    // Of the other one, which boots and has all within 30 s.
    expect(releases.redis!.finishedAt).toBeGreaterThan(25)
    expect(releases.redis!.finishedAt).toBeLessThan(45)
    expect(stores!.redis).toMatchObject({lost: 0, resyncs: {full: 2, partial: 0}})
    expect(warnings).toEqual([])
  })
})
