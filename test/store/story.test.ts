import {expect, test} from 'vitest'
import {fixed} from '../../sim/engine/distributions.ts'
import {minutes, seconds} from '../../sim/engine/time.ts'
import type {FaultOptions} from '../../sim/net/options.ts'
import {release} from '../harness.ts'
import {played, toldBy} from '../viz/told.ts'
import {commands, redis} from './sample.ts'

const once = {...commands(1).retry, attempts: 0}

test('who gets READONLY is told when the node ceased to be the primary, and who is it instead', () => {
  const it = played({
    end: minutes(1),
    tiers: {redis: redis(1, {lag: fixed(seconds(1))})},
    traffic: {app: commands(500, {retry: once})},
    release: [release('redis', 'failover')],
  })
  const told = toldBy(it, 'read-only')
  expect(told).toEqual([
    '10.000 the release of redis begins, by failover',
    '10.000 batch 1 of 1 begins: redis.0',
    expect.stringMatching(/its request begins/),
    expect.stringMatching(/^12\.99\d redis\.0 is a replica$/),
    expect.stringMatching(/^12\.99\d redis\.1 is a primary, and takes writes$/),
    expect.stringMatching(/^12\.99\d failed: replica takes no writes \(READONLY\), client \d+ of app on redis\.0#0/),
  ])
})

test('who gets NOREPLICAS is told who is away', () => {
  const dies: FaultOptions = {kind: 'host-dies', tier: 'redis', host: 1, at: seconds(20), lasts: Infinity}
  const it = played({
    end: minutes(1),
    tiers: {redis: redis(2, {minReplicas: {count: 1, maxLag: seconds(5)}})},
    traffic: {app: commands(500, {retry: once})},
    faults: [dies],
  })
  expect(toldBy(it, 'no-replicas')).toContain('20.000 redis.1 answers nobody')
})
