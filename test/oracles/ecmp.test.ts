import {describe, expect, test} from 'vitest'
import {forever} from '../../sim/engine/distributions.ts'
import {seconds} from '../../sim/engine/time.ts'
import {causeOf} from '../../sim/net/events.ts'
import {Ecmp} from '../../sim/net/l4/ecmp.ts'
import {maglevRing, ringSize} from '../../sim/net/l4/maglev.ts'
import {mix32} from '../../sim/net/murmur3.ts'
import type {L4lbOptions} from '../../sim/net/options.ts'
import {l4lb, type Play, play, proxies, release, websockets} from '../harness.ts'
import {agree, binomialDeviation, range} from './statistics.ts'
import {watch} from './watch.ts'

const flows = range(200_000).map(mix32)
const forgotten = causeOf('forgotten-by-l4lb')

/** The share of flows that take another next hop when the members change. */
function moved(kind: 'modulo' | 'resilient', count: number, members: readonly number[]): number {
  const ecmp = new Ecmp(kind, count)
  const before = flows.map(hash => ecmp.hopOf(hash))
  ecmp.change(1, members)
  return flows.filter((hash, i) => ecmp.hopOf(hash) !== before[i]).length
}

describe('when one of n next hops leaves', () => {
  test.each([2, 3, 4, 8, 16])('all but 1/%d of the flows move, if they go by their hash modulo the number', n => {
    // Of n × (n - 1) pairs of remainders n - 1 lead to the same hop before and after.
    for (const left of [0, n - 1]) {
      const members = range(n).filter(hop => hop !== left)
      agree(moved('modulo', n, members), flows.length * (1 - 1 / n), binomialDeviation(flows.length, 1 / n))
    }
  })

  test.each([2, 3, 4, 8, 16])('1/%d of them move with resilient hashing: those that must', n => {
    const members = range(n).slice(1)
    agree(moved('resilient', n, members), flows.length / n, binomialDeviation(flows.length, 1 / n))
  })

  test('those that are left get equal shares of a resilient table, and so does one that comes back', () => {
    const ecmp = new Ecmp('resilient', 5)
    const shares = () => range(5).map(hop => range(320).filter(bucket => ecmp.hopOf(bucket << 8) === hop).length)
    ecmp.change(1, [0, 2, 3, 4])
    expect(shares()).toEqual([80, 0, 80, 80, 80])
    ecmp.change(2, range(5))
    expect(shares()).toEqual([64, 64, 64, 64, 64])
  })

  test('a flow has none when all have left, and its way of before is known', () => {
    for (const kind of ['modulo', 'resilient'] as const) {
      const ecmp = new Ecmp(kind, 2)
      ecmp.change(10, [])
      expect(ecmp.hopOf(0)).toBe(kind === 'modulo' ? undefined : -1)
      expect([ecmp.hopAt(0, 10), ecmp.hopAt(0, 11)]).toEqual([0, ecmp.hopOf(0)])
      ecmp.change(20, [1])
      expect(ecmp.hopOf(0)).toBe(1)
    }
  })
})

describe('a restart of the L4 balancer', () => {
  const users = 60_000
  const chat = websockets('edge', users, forever, {message: seconds(20)})
  const [reals, dead] = [20, 3]

  /** A host has died and left the ring by 30 s; a minute later, as every flow has sent something, the balancer restarts. */
  const restarted = (options: Partial<L4lbOptions>, restart: Partial<Play>, dies = true): Play => ({
    end: seconds(240),
    tiers: {edge: proxies(reals, {behind: l4lb(options)})},
    traffic: {chat},
    faults: dies
      ? [{kind: 'host-dies', tier: 'edge', host: dead, at: seconds(10), lasts: Number.POSITIVE_INFINITY}]
      : [],
    ...restart,
  })

  /** Users on other hosts whose slot has changed hands with the death of one: the collateral. */
  function strayed(it: Play): {collateral: number; broken: number} {
    const [before, after] = [maglevRing(range(reals)), maglevRing(range(reals).filter(real => real !== dead))]
    let collateral = 0
    let broken = 0
    watch(it, 1, world => ({
      control: (at, event) => {
        const c = world()?.connections
        if (event.kind !== 'power' || c === undefined || at === 0) return
        for (let row = 0; row < c.end; row++) {
          const slot = c.hash[row]! % ringSize
          if (before[slot] !== dead && before[slot] !== after[slot]) collateral++
        }
      },
      ended: (...[, , , , , cause]) => {
        if (cause === forgotten) broken++
      },
    }))
    return {collateral, broken}
  }

  const all = release('edge/l4', 'l4-restart', {batch: 1, downtime: seconds(5)}, seconds(90))
  const inPlace = release('edge/l4', 'l4-restart', {batch: 1, withdraw: false, downtime: 0}, seconds(90))
  const once = {...inPlace, options: {...inPlace.options, canary: true}}

  test('breaks nothing as long as the ring is as it was, however routers spread the flows', () => {
    for (const ecmp of ['modulo', 'resilient'] as const) {
      const report = play(restarted({hosts: 4, ecmp}, {release: [all]}, false))
      expect(report.release['edge/l4']!.duration).toBe(20)
      expect(report.disruption.count).toBe(0)
    }
  })

  test('breaks exactly the collateral of a host that had left the ring, if every table is lost', () => {
    for (const [hosts, plan] of [
      [1, inPlace],
      [4, inPlace],
      [4, all],
    ] as const) {
      const {collateral, broken} = strayed(restarted({hosts}, {release: [plan]}))
      expect(collateral).toBeGreaterThan(100)
      expect(broken).toBe(collateral)
    }
  })

  test('of one of four that stays in its place breaks a quarter of the collateral', () => {
    const {collateral, broken} = strayed(restarted({hosts: 4}, {release: [once]}))
    agree(broken, collateral / 4, binomialDeviation(collateral, 1 / 4))
  })

  test('of one of four that is away for long breaks the collateral among the flows that move, as many as those are', () => {
    // Three quarters take another L4 host by their hash modulo the number; with resilient hashing a quarter does.
    const away = {
      faults: [{kind: 'l4-host-dies', tier: 'edge/l4', host: 0, at: seconds(90), lasts: seconds(200)}],
    } as const
    for (const [ecmp, share] of [
      ['modulo', 3 / 4],
      ['resilient', 1 / 4],
    ] as const) {
      const it = restarted({hosts: 4, ecmp}, {})
      const {collateral, broken} = strayed({...it, faults: [...it.faults!, ...away.faults]})
      agree(broken, collateral * share, binomialDeviation(collateral, share))
    }
  })

  test('breaks nothing if the L4 hosts share a table, or packets name their server', () => {
    for (const options of [{globalTable: 8_000_000}, {tcpServerId: true}])
      expect(strayed(restarted({hosts: 4, ...options}, {release: [all]})).broken).toBe(0)
  })
})
