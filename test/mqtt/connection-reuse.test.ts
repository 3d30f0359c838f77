import {describe, expect, test} from 'vitest'
import {fixed} from '../../sim/engine/distributions.ts'
import {hours, millis, minutes, seconds, type Time} from '../../sim/engine/time.ts'
import {tunnelMessages} from '../../sim/net/events.ts'
import type {MqttWorkload, TierOptions} from '../../sim/net/options.ts'
import type {OptionValue} from '../../sim/scenario/scenario.ts'
import {brokers, http2, mqtt, type Play, play, proxies, release, upstream} from '../harness.ts'
import {watch} from '../oracles/watch.ts'

const way = (milliseconds: number) => ({link: {latency: fixed(millis(milliseconds)), loss: 0}})
const begins = seconds(10)
/** A boot of 2 s comes first. */
const drains = begins + seconds(2)

interface Variation {
  readonly edge?: Partial<TierOptions>
  readonly broker?: Partial<TierOptions>
  readonly chat?: Partial<MqttWorkload>
  readonly users?: number
  readonly options?: Record<string, OptionValue>
  readonly strategy?: string
}

/** 10 ms to the Edge, 40 ms on to the Origin, 1 ms to the broker; both old Origins leave unless it is said otherwise. */
function world({edge, broker, chat, users = 200, options, strategy = 'downstream-connection-reuse'}: Variation): Play {
  const to = upstream('broker').map(({pick: _, ...rest}) => rest)
  return {
    end: minutes(3),
    tiers: {
      edge: proxies(2, {...way(10), upstream: http2('origin'), ...edge}),
      origin: proxies(4, {...way(40), upstream: to}),
      broker: brokers(3, {...way(1), ...broker}),
    },
    traffic: {chat: mqtt('broker', users, chat)},
    release: [release('origin', strategy, {batch: 2, canary: true, drainTimeout: minutes(1), ...options}, begins)],
  }
}

interface Message {
  readonly at: Time
  readonly row: number
  readonly tier: string
  readonly what: string
}

function messages(variation: Variation): Message[] {
  const seen: Message[] = []
  watch(world(variation), 1, world => ({
    message: (at, _workload, row, process, what) => {
      const tier = world().actors[process]!.name.split('.')[0]!
      seen.push({at: at - drains, row, tier, what: tunnelMessages[what]!})
    },
  }))
  return seen
}

describe('a tunnel that is asked to move', () => {
  test('moves by four messages, each of which takes its link', () => {
    const seen = messages({options: {solicitOver: 0}})
    const first = seen.filter(({row}) => row === seen[0]!.row)
    expect(first).toEqual([
      {at: millis(40), row: first[0]!.row, tier: 'edge', what: 'reconnect-solicitation'},
      {at: millis(80), row: first[0]!.row, tier: 'origin', what: 're-connect'},
      {at: millis(81), row: first[0]!.row, tier: 'broker', what: 're-connect'},
      {at: millis(122), row: first[0]!.row, tier: 'edge', what: 'connect-ack'},
    ])
  })

  test('finds the same broker by way of every Origin, and its client notices nothing', () => {
    const {moves, traffic} = play(world({}))
    expect(moves!.chat!.moved).toBeGreaterThan(50)
    expect(moves!.chat!.refused).toBe(0)
    expect(traffic.chat).toMatchObject({started: 200, open: 200, reset: 0})
  })

  test('moves off an old process that then has nothing to wait for', () => {
    // 2 s of boot, 10 s of solicitations, some round trips.
    const {duration} = play(world({options: {solicitOver: seconds(10)}})).release.origin!
    expect(duration).toBeGreaterThan(11.8)
    expect(duration).toBeLessThan(13)
  })

  test('is asked in its turn: so many in a time, evenly', () => {
    const asked = messages({users: 400, options: {solicitOver: seconds(8)}}).filter(
      ({what}) => what === 'reconnect-solicitation',
    )
    const in4s = asked.filter(({at}) => at < seconds(4)).length
    // Two processes, each with an even pace over 8 s.
    expect(asked.length).toBeGreaterThan(120)
    expect(Math.abs(in4s - asked.length / 2)).toBeLessThanOrEqual(2)
    expect(Math.max(...asked.map(({at}) => at))).toBeLessThanOrEqual(seconds(8) + millis(40))
  })

  test('is let alone by an Edge that does not know the question, and breaks when the drain ends', () => {
    const {moves, traffic} = play(world({edge: {movesTunnels: false}}))
    expect(moves!.chat!.solicited).toBeGreaterThan(50)
    expect(moves!.chat!.moved).toBe(0)
    expect(traffic.chat!.causes['proxy-killed']).toBe(moves!.chat!.solicited)
  })

  test('is refused where proxies do not pick brokers by the user, and its client comes back', () => {
    // Any of three brokers gets the re_connect, and two of them know nothing: 2/3 of some 100, and 0.45 is 4 sigma less.
    const any = upstream('broker')
    const plan = world({options: {solicitOver: 0}})
    const {moves, traffic} = play({
      ...plan,
      tiers: {...plan.tiers, origin: proxies(4, {...way(40), upstream: any})},
    })
    const {solicited, moved, refused} = moves!.chat!
    expect(moved + refused).toBe(solicited)
    expect(refused).toBeGreaterThan(0.45 * solicited)
    expect(traffic.chat!.causes['connect-refused']).toBe(refused)
    expect(traffic.chat!.open).toBe(200)
  })

  test('waits for an Origin if all of them leave at once, and then moves', () => {
    const {moves, traffic} = play(world({options: {batch: Infinity, solicitOver: 0}}))
    expect(moves!.chat).toMatchObject({solicited: 200, moved: 200, refused: 0})
    expect(traffic.chat!.reset).toBe(0)
  })

  test('breaks if the old process ends before there is an Origin that stays', () => {
    // 20 ms of drain are over before re_connect is at an Origin.
    const {moves, traffic} = play(world({options: {drainTimeout: millis(20), solicitOver: 0}}))
    expect(moves!.chat!.moved).toBe(0)
    expect(traffic.chat!.causes['proxy-killed']).toBeGreaterThan(50)
  })

  test('breaks when its Origin crashes, which nobody announces', () => {
    const plan = world({})
    const crash = {kind: 'host-dies', tier: 'origin', host: 0, at: seconds(20), lasts: Infinity} as const
    const {moves, traffic} = play({...plan, release: [], faults: [crash]})
    expect(moves!.chat!.solicited).toBe(0)
    expect(traffic.chat!.causes['dead-host']).toBeGreaterThan(20)
  })

  test('breaks when its Edge leaves, for its client knows nothing of it', () => {
    const plan = release('edge', 'downstream-connection-reuse', {drainTimeout: seconds(30)}, begins)
    const {moves, traffic} = play({...world({}), release: [plan]})
    expect(moves!.chat!.solicited).toBe(0)
    expect(traffic.chat!.causes['killed-at-drain-end']).toBeGreaterThanOrEqual(200)
  })

  test('moves when its Edge leaves if its client takes part, which opens a fresh connection at once', () => {
    const plan = release('edge', 'downstream-connection-reuse', {drainTimeout: seconds(30)}, begins)
    const flow = {every: millis(100), qos: 0, gap: 'lose'} as const
    const taking = world({chat: {resumes: true, publish: {up: flow, down: flow}}})
    const {moves, traffic, publishes, release: took} = play({...taking, release: [plan]})
    // Both hosts are released, one after the other, and each asks whoever is there: 200 and some who ask again.
    expect(moves!.chat!.solicited).toBeGreaterThanOrEqual(200)
    expect(moves!.chat!.moved).toBe(moves!.chat!.solicited)
    expect(traffic.chat).toMatchObject({reset: 0, open: 200})
    expect([publishes!.chat!.up.lost, publishes!.chat!.down.lost]).toEqual([0, 0])
    // 2 s of boot and 10 s of solicitations each, and a handshake.
    expect(took.edge!.duration).toBeLessThan(26)
  })

  test('moves as well while a graceful drain waits, if that asks for it', () => {
    const {moves, traffic} = play(world({strategy: 'graceful-drain', options: {reuse: true}}))
    expect(moves!.chat!.moved).toBeGreaterThan(50)
    expect(traffic.chat!.reset).toBe(0)
  })
})

describe('a CONNECT', () => {
  test('costs its broker core time, a re_connect next to none', () => {
    const broker = {cores: 1, session: {life: hours(1), cpu: millis(10)}}
    const chat = {reconnect: {base: seconds(10), factor: 1, cap: seconds(10), jitter: 'full'}} as const
    const busy = (strategy: string) => 3 * 180 * (1 - play(world({broker, chat, strategy})).tiers.broker!.idleCpu.mean)
    const cut = play(world({broker, chat, strategy: 'hard-restart'})).traffic.chat!.reset
    expect(busy('hard-restart')).toBeCloseTo(cut * 0.01, 3)
    expect(busy('downstream-connection-reuse')).toBeCloseTo(0, 6)
  })
})
