import {describe, expect, test} from 'vitest'
import {forever} from '../../sim/engine/distributions.ts'
import {minutes, seconds} from '../../sim/engine/time.ts'
import type {OptionValue} from '../../sim/scenario/scenario.ts'
import {play, proxies, quic, release, udp, websockets} from '../harness.ts'

const connections = 2_000

/** Two proxies that are released at once, with users who stay for ever. */
const report = (options: Record<string, OptionValue>, strategy = 'socket-takeover') =>
  play({
    end: minutes(3),
    tiers: {edge: proxies(2, {udp: udp()})},
    traffic: {app: quic('edge', connections, forever), chat: websockets('edge', 100, forever)},
    release: [release('edge', strategy, {batch: Infinity, drainTimeout: seconds(30), ...options})],
  })

describe('a socket that is passed and never read', () => {
  test.each([1, 2, 8])('of %i loses the connections whose flows fall to it', sockets => {
    const {traffic} = play({
      end: minutes(2),
      tiers: {edge: proxies(1, {udp: udp({sockets})})},
      traffic: {app: quic('edge', connections, forever, {connectTimeout: seconds(1)})},
      release: [release('edge', 'socket-takeover', {drainTimeout: minutes(10), fault: 'unread-socket'})],
    })
    // Five standard deviations of the number of flows that fall to one socket.
    const deviation = 5 * Math.sqrt((connections / sockets) * (1 - 1 / sockets))
    expect(Math.abs(traffic.app!.causes['packets-lost']! - connections / sockets)).toBeLessThanOrEqual(deviation)
  })
})

describe('a takeover that fails', () => {
  test.each(['no-handshake', 'version'])('for want of %s leaves the old process as if nothing had happened', fault => {
    const {disruption, packets, tiers} = report({fault})
    expect(disruption.count).toBe(0)
    expect(packets!.app!.dropped).toBe(0)
    expect(tiers.edge!.processes).toEqual({old: 2, new: 0})
  })

  test('and falls back to fresh sockets is a handover over the ring', () => {
    const fallen = report({fault: 'version', fallback: true})
    const handover = report({}, 'reuseport-handover')
    expect(fallen.packets).toEqual(handover.packets)
    expect(fallen.tiers.edge!.processes).toEqual({old: 0, new: 2})
  })
})

describe('an old process that ends before the fresh one is ready', () => {
  test('breaks what it had, and what a confirmation would have spared', () => {
    const {traffic} = report({fault: 'early-exit', confirm: seconds(5)})
    expect(traffic.app!.causes).toEqual({killed: connections})
    expect(traffic.chat!.causes).toEqual({killed: 100})
    const {traffic: confirmed} = report({confirm: seconds(5)})
    expect(confirmed.app!.causes).toEqual({'killed-at-drain-end': connections})
  })
})

describe('memory that leaks into sockets', () => {
  const bad = {fault: 'leak', canary: true, rollback: true, pause: seconds(30), drainTimeout: seconds(5)}

  test('outlives a rollback that passes them on, and not one with fresh sockets', () => {
    const passed = report(bad)
    const fresh = report({...bad, udp: 'fresh'})
    expect(passed.tiers.edge!.processes).toEqual({old: 2, new: 0})
    expect(fresh.tiers.edge!.processes).toEqual({old: 2, new: 0})
    expect(passed.tiers.edge!.udp!.leaked).toBeGreaterThan(1_000_000)
    expect(fresh.tiers.edge!.udp!.leaked).toBe(0)
  })
})

describe('a canary that is rolled back', () => {
  test('leaves the old version everywhere, by whatever strategy', () => {
    for (const strategy of ['hard-restart', 'graceful-drain', 'reuseport-handover', 'socket-takeover']) {
      const {tiers, warnings} = report({batch: 1, canary: true, rollback: true, pause: seconds(10)}, strategy)
      expect([strategy, tiers.edge!.processes, warnings]).toEqual([strategy, {old: 2, new: 0}, []])
    }
  })
})
