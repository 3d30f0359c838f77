import {describe, expect, test} from 'vitest'
import {fixed} from '../../sim/engine/distributions.ts'
import {hours, micros, millis, minutes, seconds, type Time} from '../../sim/engine/time.ts'
import type {Fleet} from '../../sim/net/host/fleet.ts'
import {Flood} from '../../sim/net/l4/flood.ts'
import type {L4lb} from '../../sim/net/l4/l4lb.ts'
import type {Packet} from '../../sim/net/l4/packet.ts'
import {everyone} from '../../sim/net/observers.ts'
import type {L4lbOptions} from '../../sim/net/options.ts'
import {World} from '../../sim/net/world.ts'
import {l4lb, proxies} from '../harness.ts'
import {range, sum} from './statistics.ts'

/** A balancer before ten hosts of which the first leaves the ring between 10 s and 20 s, and does not come back. */
function balancer(options: Partial<L4lbOptions> = {}): {l4: L4lb; fleet: Fleet; at: (time: Time) => void} {
  const edge = proxies(10, {behind: l4lb(options), boot: {time: fixed(hours(1)), cores: 0, warmup: 0, slowdown: 1}})
  const world = new World(
    {end: hours(1), resolution: minutes(1), tiers: {edge}, traffic: {}, faults: []},
    1,
    everyone([]),
  )
  world.sim.at(
    seconds(10),
    world.sim.kind('leaves', () => world.fleet('edge').hosts[0]!.current.failHealthChecks()),
    0,
  )
  return {l4: world.fleet('edge').l4lb!, fleet: world.fleet('edge'), at: time => world.sim.run(time)}
}

/** Hashes whose slot belongs to the host that leaves. */
function hashesOfFirst(l4: L4lb, count: number): number[] {
  return range(100 * count)
    .map(k => l4.hash(k, 0))
    .filter(hash => l4.hostOf(hash)!.pick(hash) === l4.reals[0])
    .slice(0, count)
}

describe('a packet', () => {
  const later = (hash: number, l4: L4lb, first: Time, last: Time, rest: Partial<Packet> = {}): Packet => ({
    protocol: 'tcp',
    hash,
    flow: {first, last, real: l4.reals[0]!},
    ...rest,
  })

  test('goes by the ring if it is a SYN, whatever the table knows', () => {
    const {l4, at} = balancer()
    const [hash] = hashesOfFirst(l4, 1)
    expect(l4.forward({protocol: 'tcp', flag: 'syn', hash: hash!})).toBe(l4.reals[0])
    at(seconds(20))
    expect(l4.forward(later(hash!, l4, 0, seconds(19)))).toBe(l4.reals[0])
    expect(l4.forward(later(hash!, l4, 0, seconds(19), {flag: 'syn'}))).not.toBe(l4.reals[0])
  })

  test('of a UDP flow that was idle for 30 s follows the table, and after a microsecond more the ring', () => {
    const {l4, at} = balancer()
    const [hash] = hashesOfFirst(l4, 1)
    const last = seconds(5)
    at(last + seconds(30))
    expect(l4.forward(later(hash!, l4, 0, last, {protocol: 'udp'}))).toBe(l4.reals[0])
    expect(l4.forward(later(hash!, l4, 0, last - micros(1), {protocol: 'udp'}))).not.toBe(l4.reals[0])
    expect(l4.forward(later(hash!, l4, 0, last - micros(1)))).toBe(l4.reals[0])
  })

  test('of QUIC goes to the server that its connection ID names, if there is one of that number', () => {
    const {l4} = balancer()
    const [hash] = hashesOfFirst(l4, 1)
    expect(l4.forward({protocol: 'udp', hash: hash!, server: 7})).toBe(l4.reals[7])
    expect(l4.forward({protocol: 'udp', hash: hash!, server: 77})).toBe(l4.reals[0])
  })

  test('of QUIC is dropped if the server that it names has left and is gone, and goes there as long as it runs', () => {
    const {l4, fleet} = balancer()
    const packet = {protocol: 'udp', hash: hashesOfFirst(l4, 1)[0]!, server: 7} as const
    fleet.removeHost(l4.reals[7]!)
    expect(l4.forward(packet)).toBe(l4.reals[7])
    l4.reals[7]!.current.kill()
    expect(l4.forward(packet)).toBe(undefined)
  })

  test('of TCP goes to the server that its option names, where the balancer reads that, save the SYN', () => {
    const named = {protocol: 'tcp', server: 7} as const
    for (const tcpServerId of [true, false]) {
      const {l4} = balancer({tcpServerId})
      const [hash] = hashesOfFirst(l4, 1)
      expect(l4.forward({...named, hash: hash!})).toBe(l4.reals[tcpServerId ? 7 : 0])
      expect(l4.forward({...named, hash: hash!, flag: 'syn'})).toBe(l4.reals[0])
    }
  })

  test('of a flow that came in a flood goes by the ring, until one of the flow comes when the flood is over', () => {
    // The third SYN of a second finds the limit of two reached. The second is over at 1 s.
    const {l4, at} = balancer({floodRate: 2})
    const hashes = hashesOfFirst(l4, 3)
    for (const hash of hashes) l4.forward({protocol: 'tcp', flag: 'syn', hash})
    at(seconds(20))
    const packets = (last: Time) => hashes.map(hash => l4.forward(later(hash, l4, 0, last)) === l4.reals[0])
    // All three SYNs came at one instant, so no later packet can tell the third from the first two but by the instant.
    expect(packets(millis(999))).toEqual([false, false, false])
    expect(packets(millis(1_001))).toEqual([true, true, true])
  })
})

describe('a flood', () => {
  test('begins with the 125,001st new flow of a second on one core, and ends with that second', () => {
    const flood = new Flood(1, 125_000)
    const admitted = range(200_000).filter(k => flood.admits(k * 5, 0))
    expect(admitted.length).toBe(125_000)
    expect(flood.covered(125_000 * 5 - 1, 0)).toBe(false)
    expect(flood.covered(125_000 * 5, 0)).toBe(true)
    expect(flood.covered(seconds(1), 0)).toBe(true)
    expect(flood.covered(seconds(1) + 1, 0)).toBe(false)
    expect(flood.admits(seconds(1) + 5, 0)).toBe(true)
  })

  test('of R new flows a second leaves all but L of them out, with a limit of L', () => {
    const flood = new Flood(1, 1_000)
    const seconds = range(10).map(s => range(5_000).filter(k => flood.admits(s * 1_000_200 + k * 200, 0)).length)
    expect(seconds).toEqual(range(10).map(() => 1_000))
  })

  test('on one core leaves the others alone', () => {
    const flood = new Flood(4, 100)
    const admitted = range(4_000).map(k => (flood.admits(0, k * 0x9e3779b9) ? 1 : 0))
    expect(sum(admitted)).toBe(400)
  })
})
