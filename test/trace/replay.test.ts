import {expect, test} from 'vitest'
import {Replay} from '../../sim/trace/replay.ts'
import type {Trace} from '../../sim/trace/trace.ts'
import {bare} from './traced.ts'

const [host, other, old, fresh, balancer] = [0, 1, 2, 3, 4]

/** A takeover of one host, whose old process is killed at 40 with two requests on it. */
const takeover: Trace = {
  ...bare,
  events: [
    {at: 0, kind: 'process', process: old, state: 'booting'},
    {at: 0, kind: 'process', process: old, state: 'serving'},
    {at: 0, kind: 'listen', process: old, on: true},
    {at: 0, kind: 'health', process: old, answers: true},
    {at: 10, kind: 'release', tier: 'edge', state: 'started'},
    {at: 10, kind: 'batch', tier: 'edge', hosts: [host]},
    {at: 10, kind: 'process', process: fresh, state: 'booting'},
    {at: 20, kind: 'process', process: fresh, state: 'serving'},
    {at: 20, kind: 'sockets', from: old, to: fresh},
    {at: 20, kind: 'process', process: old, state: 'draining'},
    {at: 25, kind: 'rotate', balancer, host: other, into: false, delta: 30_000},
    {at: 25, kind: 'rotation', host: other, share: 0},
    {at: 30, kind: 'stall', process: fresh, on: true},
    {at: 40, kind: 'process', process: old, state: 'gone'},
    {at: 40, kind: 'release', tier: 'edge', state: 'finished'},
    {at: 50, kind: 'power', host: other, on: false},
  ],
  disruptions: {
    ...bare.disruptions,
    total: 3,
    at: [15, 40, 40],
    workload: [0, 0, 0],
    cause: [1, 2, 2],
  },
}

test('before a takeover one process listens and answers for its host', () => {
  expect(new Replay(takeover).seek(9)).toEqual({
    at: 9,
    hosts: [
      {
        actor: host,
        name: 'edge.0',
        tier: 'edge',
        powered: true,
        rotation: 1,
        processes: [
          {actor: old, name: 'edge.0#0', state: 'serving', listening: true, answersHealthChecks: true, stalled: false},
        ],
      },
      {actor: other, name: 'edge.1', tier: 'edge', powered: true, rotation: 1, processes: []},
    ],
    releases: {},
    disruptions: {web: {}},
  })
})

test('in the middle of it two processes live, and the heir listens', () => {
  const {hosts, releases, disruptions} = new Replay(takeover).seek(39)
  expect(hosts[host]!.processes.map(({state, listening, stalled}) => [state, listening, stalled])).toEqual([
    ['draining', false, false],
    ['serving', true, true],
  ])
  expect(hosts[other]!.rotation).toBe(0)
  expect(releases).toEqual({edge: {state: 'started', batch: [host]}})
  expect(disruptions).toEqual({web: {'no-listener': 1}})
})

test('what happens at an instant has happened at that instant', () => {
  const {hosts, releases, disruptions} = new Replay(takeover).seek(40)
  expect(hosts[host]!.processes.map(({actor}) => actor)).toEqual([fresh])
  expect(releases).toEqual({edge: {state: 'finished', batch: [host]}})
  expect(disruptions).toEqual({web: {'no-listener': 1, killed: 2}})
})

test('a release that is halted stays so, whatever of it is still under way', () => {
  const events: Trace['events'] = [
    {at: 10, kind: 'release', tier: 'edge', state: 'started'},
    {at: 10, kind: 'batch', tier: 'edge', hosts: [host]},
    {at: 20, kind: 'halt', tier: 'edge'},
    {at: 30, kind: 'batch', tier: 'edge', hosts: [other]},
    {at: 40, kind: 'release', tier: 'edge', state: 'finished'},
  ]
  const replay = new Replay({...bare, events})
  expect([19, 20, 30, 40].map(at => replay.seek(at).releases.edge)).toEqual([
    {state: 'started', batch: [host]},
    {state: 'started', batch: [host], halted: true},
    {state: 'started', batch: [other], halted: true},
    {state: 'finished', batch: [other], halted: true},
  ])
})

test('a state is the same however far apart the checkpoints are, and in whatever order one asks', () => {
  const once = new Replay(takeover, Infinity)
  for (const every of [1, 2, 5])
    for (const at of [100, 0, 40, 39, 20, 10, 99]) expect(new Replay(takeover, every).seek(at)).toEqual(once.seek(at))
})

test('a state that was given is not changed by what is asked later', () => {
  const replay = new Replay(takeover, 1)
  const early = replay.seek(20)
  const copy = structuredClone(early)
  replay.seek(100)
  replay.seek(20)
  expect(early).toEqual(copy)
})

test('an event of a kind that is not known yet changes nothing', () => {
  const future = {at: 60, kind: 'eclipse', host: other} as unknown as Trace['events'][number]
  const later = {...takeover, events: [...takeover.events, future]}
  expect(new Replay(later).seek(70)).toEqual(new Replay(takeover).seek(70))
})
