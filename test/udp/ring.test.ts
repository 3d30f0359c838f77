import {describe, expect, test} from 'vitest'
import {ReuseportGroup} from '../../sim/net/host/reuseport.ts'

interface Socket {
  readonly process: 'old' | 'fresh'
  readonly worker: number
}

const socketsOf = (process: Socket['process'], n: number): Socket[] =>
  Array.from({length: n}, (_, worker) => ({process, worker}))

/** Flows whose hashes lie evenly, so that shares come out exactly. */
const flows = Array.from({length: 6_400}, (_, k) => Math.floor(((k + 0.5) / 6_400) * 2 ** 32))

const share = (holds: (flow: number) => boolean): number => flows.filter(holds).length / flows.length

/** A process with n sockets, a fresh one that binds n more beside them, and the old one's closing in the order of their index. */
function handover(n: number) {
  const ring = new ReuseportGroup<Socket>()
  const old = socketsOf('old', n)
  for (const socket of old) ring.add(socket)
  const before = new Map(flows.map(flow => [flow, ring.pick(flow)!]))
  for (const socket of socketsOf('fresh', n)) ring.add(socket)
  const both = new Map(flows.map(flow => [flow, ring.pick(flow)!]))
  for (const socket of old) ring.remove(socket)
  const after = new Map(flows.map(flow => [flow, ring.pick(flow)!]))
  return {
    toFresh: share(flow => both.get(flow)!.process === 'fresh'),
    changed: share(flow => both.get(flow) !== before.get(flow)),
    otherWorker: share(flow => after.get(flow)!.worker !== before.get(flow)!.worker),
  }
}

describe('a ring of UDP sockets', () => {
  // What the kernel's code does to flows with hashes at random (net/core/sock_reuseport.c).
  test.each([
    {n: 1, otherWorker: 0},
    {n: 4, otherWorker: 1},
    {n: 8, otherWorker: 1},
    {n: 32, otherWorker: 1},
  ])('with $n and $n more gives half of the flows to the fresh process, and all but 0.5/n another socket', it => {
    expect(handover(it.n)).toEqual({toFresh: 0.5, changed: 1 - 0.5 / it.n, otherWorker: it.otherWorker})
  })

  test('that nobody joins or leaves keeps every flow where it is', () => {
    const ring = new ReuseportGroup<{owner: string}>()
    const sockets = Array.from({length: 8}, () => ({owner: 'old'}))
    for (const socket of sockets) ring.add(socket)
    const before = flows.map(flow => ring.pick(flow))
    for (const socket of sockets) socket.owner = 'fresh'
    expect(flows.map(flow => ring.pick(flow))).toEqual(before)
  })

  test('puts the last socket in the place of one that is closed', () => {
    const ring = new ReuseportGroup<string>()
    for (const socket of ['a', 'b', 'c', 'd']) ring.add(socket)
    ring.remove('b')
    expect(ring.sockets).toEqual(['a', 'd', 'c'])
    ring.remove('c')
    expect(ring.sockets).toEqual(['a', 'd'])
  })

  test('is empty when nobody is bound', () => {
    expect(new ReuseportGroup<string>().pick(2 ** 31)).toBeUndefined()
  })
})
