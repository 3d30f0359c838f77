import {describe, expect, test} from 'vitest'
import {fixed, forever} from '../../sim/engine/distributions.ts'
import {hours, seconds} from '../../sim/engine/time.ts'
import {State} from '../../sim/net/connections.ts'
import {causeOf} from '../../sim/net/events.ts'
import {ConnectionTable} from '../../sim/net/l4/connection-table.ts'
import {maglevRing, type Ring, ringSize} from '../../sim/net/l4/maglev.ts'
import type {World} from '../../sim/net/world.ts'
import {http, keepAlive, l4lb, type Play, play, proxies, release, websockets} from '../harness.ts'
import {agree, binomialDeviation, range, sum} from './statistics.ts'
import {watch} from './watch.ts'

const boots = (time: number) => ({time: fixed(time), cores: 0, warmup: 0, slowdown: 1})
const forgotten = causeOf('forgotten-by-l4lb')

/** The first host leaves the rotation to drain for longer than the run, and no host comes back. */
const drained = (hosts: number, connectionTable: number, traffic: Play['traffic'], at = seconds(60)): Play => ({
  end: at + seconds(60),
  resolution: seconds(1),
  tiers: {
    edge: proxies(hosts, {
      behind: l4lb({connectionTable}),
      boot: boots(hours(1)),
      idleClose: {when: 'response', spread: 0},
    }),
  },
  ...(traffic === undefined ? {} : {traffic}),
  release: [release('edge', 'graceful-drain', {batch: 1, drainTimeout: hours(1)}, at)],
})

describe('a connection table', () => {
  test('forgets a flow once as many others have come as are left besides those that live on', () => {
    // 1,000 new flows a second beside 4,000 that live on: a table of 24,000 forgets after (24,000 - 4,000) / 1,000 = 20 s.
    const table = new ConnectionTable(24_000)
    for (let at = 0; at < seconds(60); at += 1_000) table.insert(at)
    for (const last of [0, seconds(10), seconds(12.5), seconds(35)]) {
      expect(table.remembers(last, 4_000)).toBe(last > seconds(40))
    }
    expect(table.remembers(seconds(40.01), 4_000)).toBe(true)
    expect(table.remembers(seconds(39.99), 4_000)).toBe(false)
  })
})

describe('when a host leaves the ring', () => {
  const users = 4_000
  /** A table that forgets after 20 s: 4,000 flows live on, and 1,000 new ones come every second. */
  const size = users + 20_000
  const chatting = (message: number) => ({
    api: http('edge', 1_000),
    chat: websockets('edge', users, forever, {message}),
  })

  test('its flows go on, as long as each sends a packet before it is forgotten', () => {
    const {traffic} = play(drained(2, size, chatting(seconds(15))))
    expect(traffic.chat!.causes).toEqual({})
  })

  test('no flow is forgotten by a table with room for all of them, not even in the first seconds', () => {
    // 4,000 flows were there before the run began, and nobody else comes: 6,000 are enough.
    const {chat} = chatting(seconds(30))
    expect(play(drained(2, 6_000, {chat}, seconds(3))).traffic.chat!.causes).toEqual({})
  })

  test('all of its flows break with their next packet, if that comes after they are forgotten', () => {
    // Some 2,000 of 4,000. That they were known when the ring changed does not help those who had just sent something.
    let held = 0
    const broken: number[] = []
    watch(drained(2, size, chatting(seconds(25))), 1, world => ({
      control: (at, event) => {
        if (at > 0 && event.kind === 'rotate') held = world().fleet('edge').hosts[0]!.connections
      },
      ended: (...[at, , , , , cause]) => {
        if (cause === forgotten) broken.push(at)
      },
    }))
    expect(held).toBeGreaterThan(1_800)
    expect(broken.length).toBe(held)
  })

  test('a keep-alive connection is lost if it was idle for longer than that', () => {
    // With 0.1 requests a second, between the last before the change and the first after it lie two exponential times
    // of 10 s, which are longer than 10 s together with a chance of (1 + 1) / e = 73.6 %. Of some 1,500 connections in
    // three runs that is 1,104 ± 17; one exponential time would be 36.8 %. The flows of those who come back make the
    // table forget 2 % sooner, which is 0.7 points more.
    const traffic = {api: http('edge', 2_000), pool: keepAlive('edge', 1_000, 100)}
    const runs = range(3).map(seed => keptAlive(drained(2, 1_000 + 20_000, traffic, seconds(20)), seed))
    const held = sum(runs.map(run => run.held))
    agree(sum(runs.map(run => run.lost)), held * (2 / Math.E), binomialDeviation(held, 2 / Math.E))
  })
})

function keptAlive(it: Play, seed: number): {held: number; lost: number} {
  let [held, lost] = [0, 0]
  watch(it, seed, world => ({
    control: (at, event) => {
      if (at > 0 && event.kind === 'rotate') held = world().fleet('edge').hosts[0]!.connections
    },
    ended: (...[, , , , , cause]) => {
      if (cause === forgotten) lost++
    },
  }))
  return {held, lost}
}

describe('without a connection table', () => {
  const users = 20_000
  const message = seconds(40)
  const traffic = {chat: websockets('edge', users, forever, {message})}

  test('no flow breaks while the ring stays as it is', () => {
    expect(play({...drained(5, 0, traffic), release: []}).disruption.count).toBe(0)
  })

  test('a change of the ring breaks exactly the flows whose slot has changed hands', () => {
    const moved = new Set<number>()
    const broken: number[] = []
    watch(drained(5, 0, traffic), 1, world => ({
      control: (at, event) => {
        if (at === 0 || event.kind !== 'rotate') return
        for (const row of rowsThatMove(world(), maglevRing(range(5)), maglevRing([1, 2, 3, 4]))) moved.add(row)
      },
      ended: (...[, , row, , , cause]) => {
        if (cause === forgotten) broken.push(row)
      },
    }))
    expect(moved.size).toBeGreaterThan(users / 5)
    expect(broken.length).toBe(moved.size)
    expect(new Set(broken)).toEqual(moved)
  })

  test('a flow whose slot is given back before its next packet does not notice', () => {
    // Hosts are out for the drain, the boot and one interval: 1 s + 2 s + 1 s of 40 s between two packets. So of the
    // flows on other hosts whose slots change hands and change back, a tenth breaks.
    const it = drained(20, 0, {chat: websockets('edge', 100_000, forever, {message})})
    const tiers = {edge: {...it.tiers.edge!, boot: boots(seconds(2))}}
    const options = {batch: 1, drainTimeout: seconds(1), settle: 0, pause: hours(1)}
    const plan = release('edge', 'graceful-drain', options, seconds(60))
    const all = range(20)
    const moved = new Set<number>()
    const broken = new Set<number>()
    watch({...it, tiers, release: [plan]}, 1, world => ({
      control: (at, event) => {
        if (at === 0 || event.kind !== 'rotate' || event.into) return
        const {connections, processes} = world()
        for (const row of rowsThatMove(world(), maglevRing(all), maglevRing(all.slice(1))))
          if (processes[connections.process[row]!]!.host.index > 0) moved.add(row)
      },
      ended: (...[, , row, , , cause]) => {
        if (cause === forgotten && moved.has(row)) broken.add(row)
      },
    }))
    expect(moved.size).toBeGreaterThan(300)
    agree(broken.size, moved.size / 10, binomialDeviation(moved.size, 0.1))
  })
})

/** Open connections whose slot belongs to somebody else in another ring. */
function rowsThatMove({connections: c}: World, before: Ring, after: Ring): number[] {
  const slots = range(c.end).filter(row => c.state[row] === State.open)
  return slots.filter(row => before[c.hash[row]! % ringSize] !== after[c.hash[row]! % ringSize])
}
