import {describe, expect, test} from 'vitest'
import {exponential, fixed} from '../../sim/engine/distributions.ts'
import {micros, millis, minutes, seconds} from '../../sim/engine/time.ts'
import type {Report} from '../../sim/metrics/report.ts'
import {coresFor} from '../../sim/net/crowd/calm.ts'
import type {HttpWorkload} from '../../sim/net/options.ts'
import {http, keepAlive, type Play, play, probe, proxies, release, servers, upstream, websockets} from '../harness.ts'

const way = {latency: fixed(millis(10)), loss: 0}
const patient = {requestTimeout: seconds(30)}

/** Requests of both kinds, and people who come back at once when their proxy is restarted. */
const edge = (strategy: string, web: Partial<HttpWorkload> = {}): Play => ({
  end: minutes(5),
  tiers: {
    edge: proxies(8, {
      cpu: {handshake: micros(500), request: micros(50)},
      boot: {time: fixed(seconds(4)), cores: 1, warmup: seconds(10), slowdown: 3},
      link: way,
      upstream: upstream('app', {probe: probe()}),
    }),
    app: servers(4, {cpu: {handshake: micros(50), request: micros(10)}, link: way}),
  },
  traffic: {
    web: http('app', 80, {service: exponential(millis(5)), ...patient, ...web}),
    pool: keepAlive('app', 300, 40, {service: exponential(millis(5)), ...patient}),
    chat: websockets('edge', 2000, exponential(minutes(2))),
  },
  release: [release('edge', strategy, {batch: 0.25, drainTimeout: seconds(20)}, seconds(20))],
})

/** What does not depend on connections that proxies keep to servers, nor on the instant at which memory is looked at. */
const compared = ({traffic, connections, release, disruption}: Report) => ({traffic, connections, release, disruption})

describe('requests in a crowd', () => {
  test.each(['socket-takeover', 'graceful-drain', 'hard-restart', 'reuseport-handover'])(
    'meet the same under %s as those that are simulated event by event, and take fewer events',
    strategy => {
      const [together, apart] = [play(edge(strategy), 3), play(edge(strategy), 3, {crowds: false})]
      expect(compared(together)).toEqual(compared(apart))
      expect(together.tiers.edge!.capacity).toEqual(apart.tiers.edge!.capacity)
      expect(together.tiers.edge!.idleCpu.mean).toBeCloseTo(apart.tiers.edge!.idleCpu.mean, 6)
      expect(apart.engine.crowd).toBe(0)
      expect(together.engine.crowd).toBeGreaterThan(0.7 * (80 + 40) * 300)
      expect(together.engine.events).toBeLessThan(0.5 * apart.engine.events)
    },
  )

  test('are like sessions that open in one event: nobody sees a difference', () => {
    const {edge: proxy} = edge('socket-takeover').tiers
    const it = {...edge('socket-takeover'), tiers: {edge: {...proxy!, upstream: []}}}
    const traffic = {chat: websockets('edge', 2000, exponential(minutes(2)))}
    const [together, apart] = [true, false].map(crowds => play({...it, traffic}, 3, {crowds}))
    expect(compared(together!)).toEqual(compared(apart!))
    // Three in place of five for a session; those of the beginning only leave, and who comes back takes all five.
    expect(together!.engine.events).toBeLessThan(0.75 * apart!.engine.events)
  })

  const never: [string, Play][] = [
    ['whose users lose patience', edge('socket-takeover', {patience: exponential(seconds(9))})],
    ['that may time out at once', edge('socket-takeover', {requestTimeout: millis(100)})],
    ['on a way that loses packets', edge('socket-takeover', {link: {...way, loss: 0.01}})],
    [
      'on a way that takes now longer and now shorter',
      edge('socket-takeover', {link: {latency: exponential(5), loss: 0}}),
    ],
    ['for which all cores are often busy', edge('socket-takeover', {service: exponential(millis(300))})],
  ]
  test.each(never)('are never those %s', (_, it) => {
    const {pool: __, ...traffic} = it.traffic!
    expect(play({...it, traffic}).engine.crowd).toBe(0)
  })

  test('are told of in the bucket in which they were answered', () => {
    const tiers = {app: servers(2, {behind: edge('').tiers.edge!.behind!, link: way})}
    const traffic = {web: http('app', 1, {rate: {kind: 'points', points: [{at: 0, perSecond: 50}]}, ...patient})}
    const [together, apart] = [true, false].map(crowds => play({end: minutes(1), tiers, traffic}, 1, {crowds}))
    expect(together!.engine.crowd).toBeGreaterThan(0.9 * together!.traffic.web!.completed)
    expect(together!.traffic).toEqual(apart!.traffic)
  })
})

describe('the cores that a station needs', () => {
  // Erlang's C at an offered load of 0.5 is about 0.5^k/k! × k/(k - 0.5) × e^-0.5: 6.3e-8 for 8 cores, 1.01e-6 for 7.
  test('are the fewest of which all are busy for less than one in a million who come', () => {
    expect(coresFor(0.5, 8)).toBe(8)
    expect(coresFor(0.5, 64)).toBe(8)
    expect(coresFor(0.5, 7)).toBe(Number.POSITIVE_INFINITY)
  })

  test('are one where there is nothing to do, and none are enough for more than they can do', () => {
    expect(coresFor(0, 4)).toBe(1)
    expect(coresFor(4, 4)).toBe(Number.POSITIVE_INFINITY)
  })
})
