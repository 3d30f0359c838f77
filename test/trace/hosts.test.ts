import {expect, test} from 'vitest'
import {Hosts, lateHosts} from '../../sim/trace/hosts.ts'
import {Replay} from '../../sim/trace/replay.ts'
import {bare, traced} from './traced.ts'

const [host, other, old, fresh] = [0, 1, 2, 3]
const {actors} = bare
const hosts = () => new Hosts(actors, new Set())

test('at first every host has power and is in rotation, and nothing runs on it', () => {
  const idle = {tier: 'edge', powered: true, rotation: 1, processes: []}
  expect(hosts().all()).toEqual([
    {actor: host, name: 'edge.0', ...idle},
    {actor: other, name: 'edge.1', ...idle},
  ])
})

test('a host that comes late is not there until it joins, and then is out of rotation', () => {
  const joins = {kind: 'pool', tier: 'edge', host: other, joins: true} as const
  const late = new Hosts(actors, lateHosts([joins]))
  expect(late.all().map(({name}) => name)).toEqual(['edge.0'])
  expect(late.apply(joins)).toBe(other)
  expect(late.get(other)).toMatchObject({name: 'edge.1', powered: true, rotation: 0})
})

test('an event tells whose state it changed, and nobody’s where it is about no host', () => {
  const it = hosts()
  expect(it.apply({kind: 'process', process: old, state: 'booting'})).toBe(host)
  expect(it.apply({kind: 'power', host: other, on: false})).toBe(other)
  expect(it.apply({kind: 'process', process: fresh, state: 'booting'})).toBe(host)
  expect(it.apply({kind: 'sockets', from: old, to: fresh})).toBe(host)
  expect(it.get(host).processes.map(({listening}) => listening)).toEqual([false, true])
  expect(it.apply({kind: 'release', tier: 'edge', state: 'started'})).toBeUndefined()
  expect(it.apply({kind: 'eclipse', host: other} as never)).toBeUndefined()
})

test('what was handed out or copied stays as it was', () => {
  const it = hosts()
  it.apply({kind: 'process', process: old, state: 'booting'})
  const [before, copy] = [it.get(host), it.copy()]
  it.apply({kind: 'process', process: old, state: 'serving'})
  it.apply({kind: 'rotation', host, share: 0.5})
  expect([before.processes[0]!.state, before.rotation]).toEqual(['booting', 1])
  expect(copy.get(host)).toBe(before)
  expect(it.get(host)).toMatchObject({rotation: 0.5, processes: [{state: 'serving'}]})
})

test('a fold over the events of a whole run, with no more than its actors, ends where its replay does', () => {
  const trace = traced('rolling-update')
  const it = new Hosts(trace.actors, lateHosts(trace.events))
  for (const event of trace.events) it.apply(event)
  expect(it.all()).toEqual(new Replay(trace).seek(trace.end).hosts)
})
