import {describe, expect, test} from 'vitest'
import {hours, minutes, seconds} from '../../sim/engine/time.ts'
import {causeOf} from '../../sim/net/events.ts'
import {http, l4lb, type Play, probe, proxies} from '../harness.ts'
import {watch} from './watch.ts'

const backlog = 10
const stalls = seconds(10)
const lasts = seconds(60)
const connectTimeout = seconds(50)

/** One host that hangs for a minute, while no health check takes it out; its clients wait 50 s for a connection, and for ever for an answer. */
const stalled: Play = {
  end: minutes(3),
  tiers: {edge: proxies(1, {backlog, behind: l4lb({probe: probe({interval: hours(1)})})})},
  traffic: {api: http('edge', 5, {connectTimeout})},
  faults: [{kind: 'host-stalls', tier: 'edge', host: 0, at: stalls, lasts}],
}

interface Request {
  readonly askedAt: number
  readonly took: number
  readonly cause: number
}

/** When Linux sends the SYNs of one connection, counted from the first: five a second apart, then twice as far each. */
const syns = [0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67].map(seconds)

describe('a host that hangs', () => {
  const requests: Request[] = []
  watch(stalled, 1, {
    ended: (...[at, , , , , cause, took]) => requests.push({askedAt: at - took, took, cause}),
  })
  requests.sort((a, b) => a.askedAt - b.askedAt)
  const during = requests.filter(({askedAt}) => askedAt >= stalls && askedAt < stalls + lasts)

  test('keeps backlog + 1 connections, which are answered when it goes on', () => {
    const kept = during.slice(0, backlog + 1)
    expect(kept.map(({askedAt, took}) => askedAt + took)).toEqual(kept.map(() => stalls + lasts))
  })

  test('drops the SYNs of all others, which come back after 1, 2, 3, 4, 5, 7, 11, 19 and 35 s', () => {
    // Each is answered at the first of its SYNs after the end of the stall, or gives up after 50 s: nothing is random
    // once it is known when they asked. Some 300 come in that minute, and hardly ever fewer than 200.
    const dropped = during.slice(backlog + 1)
    expect(dropped.length).toBeGreaterThan(200)
    const late = dropped.map(({askedAt}) => syns.find(syn => askedAt + syn >= stalls + lasts)!)
    expect(dropped.map(({took}) => took)).toEqual(late.map(syn => Math.min(syn, connectTimeout)))
    const gaveUp = (syn: number) => causeOf(syn > connectTimeout ? 'accept-queue-full' : 'done')
    expect(dropped.map(({cause}) => cause)).toEqual(late.map(gaveUp))
    expect(dropped.filter(({cause}) => cause === causeOf('accept-queue-full')).length).toBeGreaterThan(50)
  })

  test('is as it was before and after', () => {
    const others = requests.filter(({askedAt}) => askedAt < stalls || askedAt >= stalls + lasts)
    expect(others.length).toBeGreaterThan(400)
    expect(others.every(({took, cause}) => took === 0 && cause === causeOf('done'))).toBe(true)
  })
})
