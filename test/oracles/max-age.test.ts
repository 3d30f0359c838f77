import {describe, expect, test} from 'vitest'
import {exponential, fixed, forever} from '../../sim/engine/distributions.ts'
import {millis, minutes, seconds, toSeconds} from '../../sim/engine/time.ts'
import type {MaxAgeOptions} from '../../sim/net/options.ts'
import {keepAlive, play, proxies, websockets} from '../harness.ts'
import {agree, binomialDeviation} from './statistics.ts'

const age: MaxAgeOptions = {time: minutes(2), jitter: 0.1, grace: Infinity, goaway: 'two-step'}
const oneWay = millis(50)
const tier = (options: Partial<MaxAgeOptions>) =>
  proxies(2, {link: {latency: fixed(oneWay), loss: 0}, maxAge: {...age, ...options}})

/** Channels, and calls of each per second. */
const channels = 2_000
const rate = 1

describe('connections with a greatest age', () => {
  const calls = (options: Partial<MaxAgeOptions>) =>
    play({
      end: minutes(4),
      tiers: {edge: tier(options)},
      traffic: {calls: keepAlive('edge', channels, channels * rate)},
    })

  test('end as often as lives of that length do, and lose no call to a two-step GOAWAY', () => {
    // A channel opens its next connection with its next call, 1/r = 1 s later: one end every 121 s, and in 240 s of a
    // renewal process that is stationary but for the second, 240/121. Each of them scatters by less than a half.
    const {connections, traffic, disruption} = calls({})
    expect([disruption.count, traffic.calls!.causes]).toEqual([0, {}])
    agree(connections.calls!.aged!.total, (channels * 240) / 121, 0.5 * Math.sqrt(channels) + 0.01 * channels)
  })

  test('lose r RTT calls with each end by a single GOAWAY', () => {
    // As when an idle connection is closed (keep-alive-race.test.ts): on the wire to the server just then is a share
    // r d / (1 + r d), and of the rest 1 - e^(-r d) calls before the GOAWAY is there.
    const {connections, traffic} = calls({goaway: 'single'})
    const rd = rate * toSeconds(oneWay)
    const share = (rd + 1 - Math.exp(-rd)) / (1 + rd)
    const ends = connections.calls!.aged!.total
    agree(traffic.calls!.causes['goaway-race']!, ends * share, binomialDeviation(ends, share))
  })
})

describe('streams that are cut after the grace', () => {
  const cut = (lifetime: typeof forever, options: Partial<MaxAgeOptions>) => {
    const chat = websockets('edge', channels, lifetime)
    return play({end: minutes(2), tiers: {edge: tier(options)}, traffic: {chat}}).traffic.chat!.causes['max-age'] ?? 0
  }

  test('are all that live long enough: within the age and the grace each that lasts for ever, once', () => {
    expect(cut(forever, {jitter: 0, grace: 0})).toBe(channels)
    // Of those of any age between 0 and 2 min, with 30 s of grace, those older than 30 s are cut within 2 min.
    agree(cut(forever, {jitter: 0, grace: seconds(30)}), channels * 0.75, binomialDeviation(channels, 0.75))
  })

  test('are those that outlive what is left: a share of (1 - exp(-A/m)) m/A of those of time 0', () => {
    // What is left of the age A is uniform, and a life of m = 2 min has as much to go with exp(-x/m): (1 - 1/e) of all. Who
    // comes later is not 2 min old before the end, and who was cut is back with a fresh connection.
    const m = minutes(2)
    agree(cut(exponential(m), {jitter: 0, grace: 0}), channels * (1 - Math.exp(-1)), binomialDeviation(channels, 0.632))
    expect(cut(exponential(m), {jitter: 0, grace: Infinity})).toBe(0)
  })
})
