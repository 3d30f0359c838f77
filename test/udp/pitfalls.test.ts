import {describe, expect, test} from 'vitest'
import {forever} from '../../sim/engine/distributions.ts'
import {minutes, seconds} from '../../sim/engine/time.ts'
import type {OptionValue} from '../../sim/scenario/scenario.ts'
import {http, play, proxies, quic, release, udp, websockets} from '../harness.ts'

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

describe('a spike', () => {
  /** One core, which a request needs for a millisecond: whoever comes as the spike begins waits for its end. */
  const spiked = (options: Record<string, OptionValue>) => {
    const {traffic, tiers} = play({
      end: minutes(1),
      resolution: seconds(1),
      tiers: {edge: proxies(1, {cores: 1, cpu: {handshake: 0, request: 1_000}, udp: udp()})},
      traffic: {api: http('edge', 50)},
      release: [release('edge', 'socket-takeover', {spike: seconds(8), ...options})],
    })
    return {longestWait: traffic.api!.latency.max!, capacity: tiers.edge!.capacity.mean}
  }

  test.each([
    {fault: 'none'},
    {fault: 'no-handshake'},
    {fault: 'version'},
    {fault: 'version', fallback: true},
    {fault: 'early-exit'},
    {fault: 'unread-socket'},
    {fault: 'leak'},
  ])('comes with the start of the fresh process, whatever becomes of its takeover: %o', options => {
    expect(Math.abs(spiked(options).longestWait - 8)).toBeLessThan(0.2)
    expect(spiked({...options, spike: 0}).longestWait).toBeLessThan(0.2)
  })

  test('begins when the process runs, and not when it has taken over', () => {
    // It never does, within the run.
    expect(Math.abs(spiked({confirm: minutes(2)}).longestWait - 8)).toBeLessThan(0.2)
  })

  test.each([1, 2, 3])('comes with every release that follows: %i more, each out of rotation for as long', times => {
    const out = (options: Record<string, OptionValue>) => 1 - spiked({spike: seconds(6), ...options}).capacity
    expect(out({again: seconds(10), times}) / out({})).toBeCloseTo(1 + times, 6)
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
