import {describe, expect, test} from 'vitest'
import {exponential, fixed} from '../../sim/engine/distributions.ts'
import {hours, millis, minutes, seconds} from '../../sim/engine/time.ts'
import type {PublishesReport, Report} from '../../sim/metrics/report.ts'
import type {PublishOptions} from '../../sim/net/options.ts'
import type {OptionValue} from '../../sim/scenario/scenario.ts'
import {brokers, http2, mqtt, play, proxies, release, upstream} from '../harness.ts'

const way = (milliseconds: number) => ({link: {latency: fixed(millis(milliseconds)), loss: 0}})
const users = 200

interface Variation {
  readonly strategy?: string
  readonly publish: Partial<PublishOptions>
  readonly life?: number
  readonly options?: Record<string, OptionValue>
}

/** 10 ms to the Edge, 40 ms on to the Origin, 1 ms to the broker; half of the Origin is restarted. */
function published({strategy = 'hard-restart', publish, life = hours(1), options = {}}: Variation): Report {
  const flow = {every: millis(10), qos: 0, gap: 'buffer', ...publish} as const
  return play({
    end: seconds(40),
    tiers: {
      edge: proxies(2, {...way(10), upstream: http2('origin')}),
      origin: proxies(4, {...way(40), upstream: upstream('broker', {pick: 'consistent-hash'})}),
      broker: brokers(3, {...way(1), session: {life, cpu: 0}}),
    },
    traffic: {
      chat: mqtt('broker', users, {
        publish: {up: flow, down: flow},
        reconnect: {base: seconds(2), factor: 1, cap: seconds(2), jitter: 'none'},
      }),
    },
    release: [release('origin', strategy, {batch: 2, canary: true, drainTimeout: seconds(20), ...options})],
  })
}

const flows = ({publishes}: Report): PublishesReport[] => Object.values(publishes!.chat!)
const cuts = ({traffic}: Report): number => traffic.chat!.causes['proxy-killed']!

const variations: [string, Variation][] = [
  ['QoS 0, kept', {publish: {}}],
  ['QoS 0, lost', {publish: {gap: 'lose'}}],
  ['QoS 1', {publish: {qos: 1}}],
  ['QoS 1, without contexts', {publish: {qos: 1}, life: 0}],
  ['QoS 0, tunnels moved', {publish: {}, strategy: 'downstream-connection-reuse'}],
  ['QoS 1 lost on the way, tunnels moved', {publish: {qos: 1, gap: 'lose'}, strategy: 'downstream-connection-reuse'}],
]

describe('publishes', () => {
  test.each(variations)('are delivered, lost or waiting, and nothing else: %s', (_, variation) => {
    for (const {sent, delivered, lost, waiting, delayed} of flows(published(variation))) {
      expect(sent).toBe(users * 4_000)
      expect(sent).toBe(delivered + lost + waiting)
      expect(delayed).toBeLessThanOrEqual(delivered)
    }
  })

  test('of QoS 0 are lost if they were under way to the broken tunnel, or sent before one knew: 60 ms of them', () => {
    // Up, 50 ms were between client and Origin, and it knows 10 ms later; down, 1 ms, and the broker knows 1 ms later.
    const report = published({publish: {}})
    expect(cuts(report)).toBeGreaterThan(50)
    expect(report.publishes!.chat!.up.lost).toBe(6 * cuts(report))
    expect(Math.abs(report.publishes!.chat!.down.lost - 0.2 * cuts(report))).toBeLessThan(5 * Math.sqrt(0.16 * 200))
  })

  test('of QoS 0 may wait for the way back, or are lost until then', () => {
    const lost = (gap: 'buffer' | 'lose') => published({publish: {gap}}).publishes!.chat!.down
    // 2 s of back-off, and 152 ms and more of handshakes, at 100 publishes a second.
    expect(lost('buffer').delay.max).toBeGreaterThan(2)
    expect(lost('buffer').delay.max).toBeLessThan(2.5)
    expect(lost('lose').delayed).toBe(0)
    expect(lost('lose').lost).toBeGreaterThan(lost('buffer').delayed)
  })

  test('of QoS 1 are never lost while their session lives, and never twice without one', () => {
    for (const {lost} of flows(published({publish: {qos: 1}}))) expect(lost).toBe(0)
    for (const {duplicated} of flows(published({publish: {qos: 0}}))) expect(duplicated).toBe(0)
  })

  test('of QoS 1 come twice if their PUBACK broke with the tunnel: 100 ms of them down, 2 ms up', () => {
    const report = published({publish: {qos: 1, every: millis(100)}})
    expect(report.publishes!.chat!.down.duplicated).toBe(cuts(report))
    expect(report.publishes!.chat!.up.duplicated).toBeLessThan(0.1 * cuts(report))
  })

  test('of QoS 1 are lost with the context that the broker kept them in', () => {
    const {up, down} = published({publish: {qos: 1}, life: 0}).publishes!.chat!
    expect(up.lost).toBe(0)
    expect(down.lost).toBeGreaterThan(200 * 50)
  })

  test('wait at the Edge from solicitation to acknowledgement while a tunnel moves: 82 ms of them', () => {
    const report = published({publish: {}, strategy: 'downstream-connection-reuse'})
    const {up, down} = report.publishes!.chat!
    expect(report.moves!.chat!.moved).toBeGreaterThan(50)
    expect([up.lost, down.lost, down.delayed]).toEqual([0, 0, 0])
    // 8 or 9 of each, 8.2 on average, as their phases are anywhere.
    expect(Math.abs(up.delayed - 8.2 * report.moves!.chat!.moved)).toBeLessThan(5 * Math.sqrt(0.16 * users))
    expect(up.delay.max).toBeLessThanOrEqual(0.083)
  })

  test('go into the old tunnel until the acknowledgement if the Edge does not keep them', () => {
    const moved = (qos: 0 | 1) => published({publish: {gap: 'lose', qos}, strategy: 'downstream-connection-reuse'})
    const report = moved(0)
    const {up} = report.publishes!.chat!
    // Bound at 81 ms, acknowledged at 122: what left the client from 51 ms before the one to 10 ms before the other.
    expect(Math.abs(up.lost - 8.2 * report.moves!.chat!.moved)).toBeLessThan(5 * Math.sqrt(0.16 * users))
    expect(moved(1).publishes!.chat!.up.lost).toBe(0)
    expect(moved(1).publishes!.chat!.up.delay.max).toBeGreaterThan(20)
  })

  test('never wait, are never lost and never come twice as long as nothing is released', () => {
    const flow = {every: millis(100), qos: 1, gap: 'lose'} as const
    const report = play({
      end: minutes(1),
      tiers: {
        edge: proxies(2, {...way(10), upstream: upstream('broker', {pick: 'consistent-hash'})}),
        broker: brokers(3),
      },
      traffic: {
        chat: mqtt('broker', users, {publish: {up: flow, down: flow}, lifetime: exponential(minutes(1))}),
      },
    })
    for (const {delayed, duplicated, lost, waiting} of flows(report))
      expect([delayed, duplicated, lost, waiting]).toEqual([0, 0, 0, 0])
  })
})
