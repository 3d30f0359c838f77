import {describe, expect, test} from 'vitest'
import {exponential, fixed, forever} from '../../sim/engine/distributions.ts'
import {millis, minutes, seconds} from '../../sim/engine/time.ts'
import type {PacketsReport} from '../../sim/metrics/report.ts'
import type {QuicWorkload, UdpOptions} from '../../sim/net/options.ts'
import {l4lb, type Play, play, probe, proxies, quic, release, udp} from '../harness.ts'

const connections = 4_000
const bootsAt = seconds(10)

interface World {
  readonly udp?: Partial<UdpOptions>
  readonly traffic?: Partial<QuicWorkload>
  readonly strategy?: string
  readonly options?: Record<string, string | number | boolean>
}

/** Four proxies that are released at once, and users who stay for ever and send a packet every 5 s. */
const world = ({udp: sockets, traffic, strategy = 'socket-takeover', options}: World = {}): Play => ({
  end: minutes(3),
  tiers: {edge: proxies(4, {udp: udp({workerId: false, ...sockets}), behind: l4lb({probe: probe()})})},
  traffic: {app: quic('edge', connections, forever, traffic)},
  release: [release('edge', strategy, {batch: Infinity, drainTimeout: minutes(1), ...options}, bootsAt)],
})

const packets = (it: World): PacketsReport => play(world(it)).packets!.app!

describe('misrouted packets', () => {
  test('there are none without a release', () => {
    const {packets: all, traffic} = play({...world(), release: []})
    expect(all!.app).toMatchObject({dropped: 0, handed: 0, forwarded: 0, delivered: all!.app!.sent})
    expect(traffic.app).toMatchObject({started: connections, open: connections})
  })

  test('are none, and of every connection when sockets are passed and nothing is forwarded: more than 100 times as many', () => {
    const forwarded = packets({options: {udp: 'forward'}})
    const passed = packets({options: {udp: 'pass'}})
    expect(forwarded).toMatchObject({misrouted: 0, dropped: 0})
    // 60 s of drain, a packet every 5 s.
    expect(forwarded.forwarded).toBe(12 * connections)
    expect(passed.misrouted).toBe(connections)
    expect(passed.misrouted).toBeGreaterThan(100 * Math.max(1, forwarded.misrouted))
  })

  test.each([
    // Of 2n sockets a flow keeps its own with chance 0.5/n. Half of those that come back fall to the fresh process, and
    // when the ring is that of the fresh one alone, those move whose worker is not the one that the kernel's code leaves
    // in place: with one socket none, with 4 one in 4 stays, with 8 one in 8.
    {n: 1, atClose: 0},
    {n: 4, atClose: 0.75},
    {n: 8, atClose: 0.875},
  ])('are as many as the ring of $n and $n fresh sockets says', ({n, atClose}) => {
    const atOnce = 1 - 0.5 / n
    const expected = connections * (atOnce + (atOnce / 2) * atClose)
    // Four standard deviations of two binomial counts are below 4 * sqrt(4,000 / 4 * 2).
    expect(Math.abs(packets({udp: {sockets: n}, options: {udp: 'fresh'}}).misrouted - expected)).toBeLessThan(180)
    expect(Math.abs(packets({udp: {sockets: n}, strategy: 'reuseport-handover'}).misrouted - expected)).toBeLessThan(
      180,
    )
  })

  test('are more with fresh sockets than with passed ones, and those more than with forwarding', () => {
    const [fresh, pass, forward] = ['fresh', 'pass', 'forward'].map(it => packets({options: {udp: it}}).misrouted)
    expect(fresh).toBeGreaterThan(pass!)
    expect(pass).toBeGreaterThan(forward!)
  })

  test('are each answered with a reset and cost their client one connection, who comes back with 0-RTT in one way', () => {
    const link = {latency: fixed(millis(20)), loss: 0}
    const {packets: all, traffic, connections: kept} = play(world({traffic: {link}, options: {udp: 'pass'}}))
    expect(all!.app!.resets).toBe(connections)
    expect(traffic.app!.causes).toEqual({'unknown-connection': connections})
    expect(kept.app!.reconnects.total).toBe(connections)
    expect(traffic.app!.latency.max).toBe(0.02)
    const slower = play(world({traffic: {link, zeroRtt: false}, options: {udp: 'pass'}}))
    expect(slower.traffic.app!.latency.max).toBe(0.06)
  })

  test('end in silence where resets are off: a packet every 5 s until the idle time of a minute is over', () => {
    const {packets: all, traffic} = play(
      world({udp: {statelessReset: false}, options: {udp: 'pass', drainTimeout: minutes(2)}}),
    )
    expect(traffic.app!.causes).toEqual({'packets-lost': connections})
    expect(all!.app).toMatchObject({resets: 0, misrouted: 12 * connections})
  })

  test('begin again when forwarding stops before the drain ends', () => {
    const {misrouted, forwarded} = packets({options: {udp: 'forward', forwardFor: seconds(30)}})
    expect(forwarded).toBe(6 * connections)
    expect(misrouted).toBe(connections)
  })
})

describe('one process bit', () => {
  const again = {again: seconds(10), drainTimeout: seconds(60)}

  test('suffices if a second takeover waits until the first old process has gone', () => {
    expect(packets({options: {...again, admission: true}}).misrouted).toBe(0)
  })

  test('is not enough for three processes: what belongs to the first is taken for the third one’s', () => {
    // All connections are still with the first process when the third one comes, 12 s after the second one.
    expect(packets({options: {...again, admission: false}}).misrouted).toBe(connections)
  })
})

describe('an Initial that is sent again', () => {
  test('opens a second connection if it meets another process than the first did, which idles out; nothing is misrouted', () => {
    // A third of packets is lost, so 5,000 handshakes of 20 a second now and then fall on both sides of the switch.
    const link = {latency: fixed(millis(20)), loss: 0.3}
    const {packets: all, traffic} = play({
      ...world({traffic: {connections: 2_000, lifetime: exponential(seconds(20)), link, connectTimeout: minutes(1)}}),
    })
    expect(all!.app!.duplicates).toBeGreaterThan(0)
    expect(all!.app!.misrouted).toBe(0)
    expect(traffic.app!.misrouted).toBe(0)
  })
})

describe('a 0-RTT packet whose Initial is lost', () => {
  const link = {latency: fixed(millis(20)), loss: 0.3}
  /** All break between 12 and 17 s. Who gets no answer four times opens its next connection 15 s after it asked for one. */
  const longest = (options: Record<string, string | number | boolean>) =>
    play({
      ...world({traffic: {link, connectTimeout: minutes(1)}, options: {udp: 'pass', ...options}}),
      end: seconds(33.4),
    }).traffic.app!.latency.max

  test('waits in a buffer for the next one: the data was there one way after that', () => {
    expect(longest({})).toBe(15.02)
  })

  test('is of no use if that meets another process: the data comes anew after its answer', () => {
    // Who was broken by the second takeover, at 18.5 s, has waited less than 15 s when the run ends.
    expect(longest({again: seconds(4.5), admission: false})).toBe(15.06)
  })
})

describe('the thread that forwards', () => {
  const capacity = 1_000
  const load = (perSecond: number, strategy: string) =>
    play({
      end: seconds(32),
      tiers: {edge: proxies(1, {cores: 16, udp: udp({packet: 250, forward: seconds(1) / capacity, buffer: 100})})},
      traffic: {app: quic('edge', 5 * perSecond, forever)},
      release: [release('edge', strategy, {drainTimeout: minutes(10)}, bootsAt)],
    }).packets!.app!

  test.each([1, 2])('takes all packets at %i/3 of what it can', x => {
    expect(load((x * capacity) / 3, 'socket-takeover').dropped).toBe(0)
  })

  test.each([4, 6, 9])('drops whatever is more than it can at %i times a third of that', x => {
    const perSecond = Math.round((x * capacity) / 3)
    const {overflowed} = load(perSecond, 'socket-takeover')
    // 20 s, less what fits into its queue; phases differ by a packet per connection.
    expect(overflowed / ((perSecond - capacity) * 20 - 100)).toBeCloseTo(1, 1)
  })

  test('is not needed where the kernel steers: thirty times as much drops nothing', () => {
    expect(load(10 * capacity, 'reuseport-steering')).toMatchObject({dropped: 0, forwarded: 0})
  })
})

describe('steering', () => {
  test('drops no packet through a whole release, one batch after the other', () => {
    const it = world({strategy: 'reuseport-steering', traffic: {lifetime: exponential(seconds(40))}})
    const {packets: all, traffic} = play({
      ...it,
      release: [release('edge', 'reuseport-steering', {batch: 1, drainTimeout: seconds(20)})],
    })
    expect(all!.app).toMatchObject({dropped: 0, misrouted: 0, forwarded: 0})
    expect(Object.keys(traffic.app!.causes)).toEqual(['killed-at-drain-end'])
  })
})

describe('the L4 balancer', () => {
  const flaps = (serverId: boolean) =>
    play({
      end: minutes(3),
      tiers: {edge: proxies(4, {udp: udp({serverId}), behind: l4lb({connectionTable: 0, probe: probe()})})},
      traffic: {app: quic('edge', connections, forever)},
      release: [release('edge', 'graceful-drain', {batch: 1, canary: true, drainTimeout: seconds(30)})],
    }).packets!.app!

  test('leads packets to the wrong host when its ring changes, unless connection IDs name the host', () => {
    expect(flaps(false).misrouted).toBeGreaterThan(connections / 8)
    expect(flaps(true).misrouted).toBe(0)
  })
})
