import {describe, expect, test} from 'vitest'
import {fixed} from '../../sim/engine/distributions.ts'
import {hours, millis, minutes, seconds, toSeconds} from '../../sim/engine/time.ts'
import {causeOf} from '../../sim/net/events.ts'
import type {KeepAliveWorkload, TierOptions} from '../../sim/net/options.ts'
import {keepAlive, l4lb, type Play, proxies, release} from '../harness.ts'
import {agree, range, sum} from './statistics.ts'
import {watch} from './watch.ts'

const connections = 40_000
/** Requests of one client, per second. */
const rate = 0.5
const oneWay = millis(50)
const race = causeOf('idle-close-race')

/** Two proxies with as many clients each; the first begins to drain after some seconds, for as long as it takes. */
const drained = (end: number, tier: Partial<TierOptions>, pool: KeepAliveWorkload): Play => ({
  end,
  tiers: {
    edge: proxies(2, {link: {latency: fixed(oneWay), loss: 0}, behind: l4lb({pick: 'least-connections'}), ...tier}),
  },
  traffic: {pool},
  release: [release('edge', 'graceful-drain', {batch: 1, drainTimeout: hours(10), pause: hours(10)}, seconds(1))],
})

interface Drain {
  /** Connections when it began. */
  readonly held: number
  readonly lost: number
  /** How long the old process lived on. */
  readonly took: number
}

function drain(it: Play, seed = 1): Drain {
  let [held, lost, began, ended] = [0, 0, 0, Number.POSITIVE_INFINITY]
  watch(it, seed, world => ({
    control: (at, event) => {
      if (event.kind !== 'process') return
      if (event.state === 'draining') [held, began] = [world().fleet('edge').hosts[0]!.connections, at]
      if (event.state === 'gone') ended = at
    },
    ended: (...[, , , , , cause]) => {
      if (cause === race) lost++
    },
  }))
  return {held, lost, took: ended - began}
}

describe('a proxy that begins to drain', () => {
  test('loses K r RTT requests when it closes its idle connections', () => {
    // A request is lost if it is on the wire to the proxy when that closes the connection, or sent while the FIN is on
    // the wire to the client: 2 × 50 ms. Of K = 20,000 clients with 0.5 requests a second that is K r RTT = 1,000, less
    // those of clients whose connection is busy, for they use a second one. With d = 50 ms, a share r d / (1 + r d) has a
    // request on the wire, and of the others a share 1 - e^(-r d) sends one before the FIN is there: together 4.85 %
    // instead of 5 %. Over three seeds 2,910 ± 54 (binomial, at most): losing only half of it would be 27 off.
    const rd = rate * toSeconds(oneWay)
    const share = (rd + 1 - Math.exp(-rd)) / (1 + rd)
    const pool = keepAlive('edge', connections, connections * rate)
    const runs = range(3).map(seed => drain(drained(seconds(4), {}, pool), seed))
    const clients = sum(runs.map(({held}) => held))
    agree(sum(runs.map(({lost}) => lost)), clients * share, Math.sqrt(clients * share))
    expect(share).toBeCloseTo(rate * toSeconds(2 * oneWay), 2)
  })

  test('loses none when it closes connections after their next response, and lives on for longer', () => {
    // A client asks after 2 s on average, so the last of 2,000 does after 2 ln 2,000 = 15 s, give or take 2.6 s (Gumbel):
    // less than 7 s or more than 45 s with a chance of less than 1e-6.
    const pool = keepAlive('edge', 4_000, 4_000 * rate)
    const {held, lost, took} = drain(drained(minutes(2), {idleClose: {when: 'response', spread: 0}}, pool))
    expect(held).toBeGreaterThan(1_900)
    expect(lost).toBe(0)
    expect(took).toBeGreaterThan(seconds(7))
    expect(took).toBeLessThan(seconds(45))
  })

  test('does not wait for clients that do not come again: their connections end with their idle time', () => {
    // A client asks once in a thousand seconds, and connections are closed after 20 s without a request. Of those that
    // there are, used anywhere in the 20 s before, hardly one is used again; the last ends just before 20 s have passed.
    // Each end has a race of its own: 800 x 1/1000 s x 100 ms = 0.08 requests are on the wire just then, and more than
    // 3 of them in one run of a million.
    const options = {keepAlive: seconds(20), idleClose: {when: 'response', spread: 0}} as const
    const {held, lost, took} = drain(drained(minutes(2), options, keepAlive('edge', 40_000, 40)))
    expect(held).toBeGreaterThan(200)
    expect(lost).toBeLessThanOrEqual(3)
    expect(took).toBeGreaterThan(seconds(18))
    expect(took).toBeLessThan(seconds(20) + 2 * oneWay)
  })
})
