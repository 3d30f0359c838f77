import {describe, expect, test} from 'vitest'
import {exponential, fixed} from '../../sim/engine/distributions.ts'
import {hours, millis, minutes, seconds} from '../../sim/engine/time.ts'
import type {TierOptions} from '../../sim/net/options.ts'
import {http, http2, type Play, play, proxies, release, servers, uploads, upstream, websockets} from '../harness.ts'

const way = (milliseconds: number) => ({link: {latency: fixed(millis(milliseconds)), loss: 0}})

/** Edge, origin and app as in the paper, with 10, 40 and 1 ms before them. */
const chain = (edge: Partial<TierOptions> = {}, origin: Partial<TierOptions> = {}): Play['tiers'] => ({
  edge: proxies(4, {...way(10), upstream: http2('origin'), ...edge}),
  origin: proxies(5, {...way(40), upstream: upstream('app'), ...origin}),
  app: servers(6, way(1)),
})

describe('a request through two proxies', () => {
  test('takes the handshake, and each way there and back', () => {
    const {web} = play({end: minutes(1), tiers: chain(), traffic: {web: http('app', 20)}}).traffic
    // SYN, SYN-ACK and ACK 30 ms; 40 + 1 ms on to the app; 1 + 40 + 10 ms back.
    expect(web!.completed).toBeGreaterThan(1_000)
    expect(web!.latency!.p50).toBeCloseTo(0.122, 3)
    expect(web!.latency!.max).toBeCloseTo(0.122, 3)
  })

  test('costs every proxy core time', () => {
    const cpu = {handshake: 0, request: millis(1)}
    const report = play({end: minutes(1), tiers: chain({cpu}, {cpu}), traffic: {web: http('app', 100)}})
    // 100 a second for 1 ms each: 0.1 of 4 × 8 cores, and of 5 × 8.
    expect(1 - report.tiers.edge!.idleCpu.mean).toBeCloseTo(0.1 / 32, 3)
    expect(1 - report.tiers.origin!.idleCpu.mean).toBeCloseTo(0.1 / 40, 3)
  })

  test('goes by the tier that `via` says, and each PoP is as far from the data centre as it says', () => {
    const report = play({
      end: minutes(1),
      tiers: {
        paris: proxies(2, {upstream: http2('lyon')}),
        tokyo: proxies(2, {...way(10), upstream: http2('lyon', way(30))}),
        lyon: proxies(2, {upstream: upstream('app')}),
        app: servers(2),
      },
      traffic: {near: http('app', 20, {via: 'paris'}), far: http('app', 20, {via: 'tokyo'})},
    })
    expect(report.traffic.near!.latency!.max).toBe(0)
    // 30 ms for the handshake, 30 ms on, 40 ms back.
    expect(report.traffic.far!.latency!.max).toBeCloseTo(0.1, 3)
  })
})

describe('HTTP/2 connections between proxies', () => {
  const traffic = {web: http('app', 50, {service: exponential(millis(50))}), upload: uploads('app', 1)}
  const released = (strategy: string, options = {}) =>
    play({
      end: hours(1),
      tiers: chain(),
      traffic,
      release: [release('origin', strategy, {drainTimeout: minutes(5), ...options})],
    })

  test.each(['graceful-drain', 'socket-takeover'])('are retired by GOAWAY without the user noticing: %s', strategy => {
    const {web, upload} = released(strategy).traffic
    expect(web!.completed).toBeGreaterThan(170_000)
    expect(web!.started - web!.completed - web!.open).toBe(0)
    expect(upload!.started - upload!.completed - upload!.open).toBe(0)
  })

  test('that break with their process fail what was under way, and nothing after', () => {
    const {web} = released('hard-restart').traffic
    // 50/s × (40 + 1 + 50 ms) under way, all of which some origin has in the end: 4.6 requests, ± 5 sigma.
    expect(web!.causes['server-lost']).toBeGreaterThan(0)
    expect(web!.causes['server-lost']).toBeLessThan(16)
    expect(web!.started - web!.completed - web!.open).toBe(web!.causes['server-lost'])
  })

  test('carry tunnels, which live as long as both proxies', () => {
    const chat = websockets('app', 500, exponential(hours(10)))
    const cut = (tier: string) => {
      const plan = release(tier, 'socket-takeover', {drainTimeout: seconds(20)})
      return play({end: minutes(10), tiers: chain(), traffic: {chat}, release: [plan]}).traffic.chat!
    }
    expect(cut('origin').causes['proxy-killed']).toBeGreaterThan(450)
    expect(cut('origin').causes['killed-at-drain-end']).toBeUndefined()
    expect(cut('edge').causes['killed-at-drain-end']).toBeGreaterThan(450)
  })

  test('are opened anew when a host without power is found out', () => {
    const fault = {kind: 'host-dies', tier: 'origin', host: 0, at: minutes(1), lasts: minutes(1)} as const
    const {web} = play({end: minutes(5), tiers: chain(), traffic: {web: http('app', 50)}, faults: [fault]}).traffic
    expect(web!.completed / web!.started).toBeGreaterThan(0.99)
  })
})
