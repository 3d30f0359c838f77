import {describe, expect, test} from 'vitest'
import type {Time} from '../../sim/engine/time.ts'
import {tiersOf} from '../../sim/trace/hosts.ts'
import {Replay} from '../../sim/trace/replay.ts'
import type {Recording} from '../../viz/recording/recording.ts'
import {causesOn, heldAt} from '../../viz/views/inspector/by-host.ts'
import {hostFacts, socketWords} from '../../viz/views/inspector/host-facts.ts'
import {cpuOf, Faces, gaugesFor, levelOf, takesWork, versionOf} from '../../viz/views/topology/face.ts'
import {bucketAt, fullestOf, gaugesOf} from '../../viz/views/topology/gauges.ts'
import {hostSentence} from '../../viz/views/topology/host-words.ts'
import {absent, progressOf, rolloutOf} from '../../viz/views/topology/rollout.ts'
import {bare, traced} from '../trace/traced.ts'
import {toldOf} from './told.ts'

const seconds = (count: number): Time => count * 1_000_000
const strategies = ['hard-restart', 'graceful-drain', 'socket-takeover', 'reuseport-handover', 'rolling-update']
const runs = new Map(strategies.map(name => [name, traced(name)]))
const toldBy = (strategy: string) => toldOf(runs.get(strategy)!)
const instants = (end: Time) => Array.from({length: 241}, (_, k) => Math.round((end * k) / 240))
const hostNamed = ({actors}: Recording, name: string) => actors.findIndex(it => it.name === name)

describe('what is told of a host', () => {
  test.each(strategies)('is what a replay of the whole trace says, at any time: %s', strategy => {
    const told = toldBy(strategy)
    const replay = new Replay(runs.get(strategy)!)
    const hosts = [...tiersOf(told.recording).values()].flat()
    for (const time of instants(told.recording.end)) {
      const there = new Map(replay.seek(time).hosts.map(state => [state.actor, state]))
      for (const host of hosts) {
        const facts = hostFacts(told, host, time)
        const state = there.get(host)
        expect([time, host, facts?.look.powered, facts?.rotation]).toEqual([
          time,
          host,
          state?.powered,
          state?.rotation,
        ])
        expect(facts?.processes ?? []).toMatchObject(state?.processes ?? [])
        expect(facts?.processes.length).toBe(state?.processes.length)
      }
    }
  })

  test('says since when its processes are as they are, and who passed them the sockets', () => {
    const told = toldBy('socket-takeover')
    const drains = told.ledger
    const at = [...Array(drains.length).keys()].map(i => drains.event(i)).find(it => it.kind === 'sockets')!
    const {processes} = hostFacts(told, hostNamed(told.recording, 'edge.0'), at.at + 1000)!
    expect(processes.map(({name, version}) => [name, version])).toEqual([
      ['edge.0#0', 0],
      ['edge.0#1', 1],
    ])
    expect(processes[1]!.heirOf).toEqual({name: 'edge.0#0', at: at.at})
    expect(socketWords(processes, String)).toBe(`edge.0#1 listens, passed on by edge.0#0 at ${at.at}.`)
    for (const {since} of processes) expect(since).toBeLessThanOrEqual(at.at + 1000)
  })

  test('says that new connections are refused when nobody listens', () => {
    expect(socketWords([], String)).toBe('Nobody listens: new connections are refused.')
  })
})

describe('versions', () => {
  test.each(strategies)(
    'no host has the new one before the release, all have it after, and some when it was called off: %s',
    strategy => {
      const {recording} = toldBy(strategy)
      const [edge, app] = ['edge', 'app'].map(tier => tiersOf(recording).get(tier)!)
      for (const hosts of [edge!, app!]) expect(progressOf(recording, hosts, 0).fresh).toBe(0)
      expect(progressOf(recording, edge!, recording.end)).toEqual({fresh: 4, all: 4})
      const {fresh, all} = progressOf(recording, app!, recording.end)
      expect([fresh > 1, fresh < all]).toEqual([true, true])
    },
  )

  test('a process that boots after the batch of its host is new; one that boots for another reason is not', () => {
    const boots = (at: number, process: number) =>
      (['booting', 'serving'] as const).map(state => ({at, kind: 'process', process, state}) as const)
    const {recording} = toldOf({
      ...bare,
      events: [
        ...boots(0, 2),
        {at: 10, kind: 'process', process: 2, state: 'gone'},
        ...boots(20, 3),
        {at: 30, kind: 'batch', tier: 'edge', hosts: [0]},
      ],
    })
    const {versionOf: versions} = rolloutOf(recording)
    expect([versions.get(2), versions.get(3)]).toEqual([0, 0])
    const later = toldOf({
      ...bare,
      events: [...boots(0, 2), {at: 30, kind: 'batch', tier: 'edge', hosts: [0]}, ...boots(40, 3)],
    })
    const {version} = rolloutOf(later.recording)
    expect([0, 39, 40].map(at => version.value(0, at))).toEqual([0, 0, 1])
  })

  test('hosts that join or leave are counted while they are there', () => {
    const told = toldBy('rolling-update')
    const {recording} = told
    const {version} = rolloutOf(recording)
    const edge = tiersOf(recording).get('edge')!
    expect(edge.length).toBeGreaterThan(4)
    expect(progressOf(recording, edge, 0).all).toBe(4)
    expect(progressOf(recording, edge, recording.end)).toEqual({fresh: 4, all: 4})
    expect(version.value(edge.at(-1)!, 0)).toBe(absent)
  })
})

describe('the face of a host', () => {
  test('levels, CPU and version are packed and come out again', () => {
    for (const version of [absent, 0, 1])
      for (const [level, cpu] of [
        [0, undefined],
        [0.25, 0],
        [1, 1],
        [3, 2],
      ] as const) {
        const gauges = gaugesFor(level, cpu, version)
        expect(versionOf(gauges)).toBe(version)
        expect(levelOf(gauges)).toBeCloseTo(Math.min(1, level), 2)
        expect(cpuOf(gauges)).toBe(cpu === undefined ? undefined : Math.min(1, cpu))
      }
  })

  test('is as full as its host is, of the fullest of the tier', () => {
    const {recording} = toldBy('graceful-drain')
    const faces = new Faces(recording)
    const edge = tiersOf(recording).get('edge')!
    const full = fullestOf(recording).get('edge')!
    const levels = instants(recording.end).flatMap(time =>
      edge.map(host => {
        const connections = gaugesOf(recording)[host]!.connections![bucketAt(recording, time)]!
        const level = levelOf(faces.gauges(host, time))
        expect(Math.abs(level - connections / full)).toBeLessThanOrEqual(0.01)
        return level
      }),
    )
    expect([Math.min(...levels), Math.max(...levels)]).toEqual([0, 1])
  })

  test('does not change between two moments that are the same', () => {
    const {recording} = toldBy('socket-takeover')
    const faces = new Faces(recording)
    const hosts = [...tiersOf(recording).values()].flat()
    let before: {moment: number; seen: string} | undefined
    let [same, others] = [0, 0]
    for (let time = 0; time < recording.end; time += 50_000) {
      const moment = faces.moment(time)
      const seen = hosts.map(host => `${faces.look(host, time)} ${faces.gauges(host, time)}`).join()
      if (before?.moment === moment) expect(seen).toBe(before.seen)
      if (before?.moment === moment) same++
      else others++
      before = {moment, seen}
    }
    expect(Math.min(same, others)).toBeGreaterThan(20)
  })

  test('takes work if somebody has it in rotation and it lives', () => {
    const {recording} = toldBy('graceful-drain')
    const look = (name: string, time: Time) => new Faces(recording).look(hostNamed(recording, name), time)
    expect(takesWork(look('edge.3', 0))).toBe(true)
    expect(takesWork(look('edge.3', seconds(75)))).toBe(false)
    expect(takesWork(look('app.3', seconds(50)))).toBe(false)
  })
})

describe('the sentence for a host', () => {
  const sentence = (strategy: string, name: string, time: Time) => {
    const {recording} = toldBy(strategy)
    return hostSentence(recording, hostNamed(recording, name), time)
  }

  test('tells state, processes, version, connections and CPU', () => {
    expect(sentence('socket-takeover', 'edge.0', 0)).toMatch(
      /^edge\.0: serving, version 0, \d+ connections, CPU \d+ %$/,
    )
    const {ledger} = toldBy('socket-takeover')
    const passed = [...Array(ledger.length).keys()].find(i => ledger.kind(i) === 'sockets')!
    expect(sentence('socket-takeover', 'edge.0', ledger.at(passed) + 1)).toMatch(
      /^edge\.0: draining and serving, two processes, version 1, \d+ connections, CPU \d+ %$/,
    )
  })

  test('tells who is down, not there, and which L4 hosts do not forward', () => {
    expect(sentence('graceful-drain', 'edge.3', seconds(70))).toMatch(/^edge\.3: down, without power/)
    expect(sentence('graceful-drain', 'app.3', seconds(50))).toBe('app.3: not in its tier')
    expect(sentence('graceful-drain', 'edge/l4.0', 0)).toBe('edge/l4.0: forwards')
    expect(sentence('graceful-drain', 'edge/l4.0', seconds(96))).not.toBe('edge/l4.0: forwards')
  })
})

describe('connections and disruptions of a host', () => {
  const {recording} = toldBy('hard-restart')
  const {actors, lives, disruptions} = recording
  const hosts = [...tiersOf(recording).values()].flat()

  test('what it has is what began there and has not ended, those first that end first', () => {
    for (const time of [0, seconds(11), seconds(60), recording.end]) {
      const held = hosts.map(host => heldAt(recording, host, time))
      for (const rows of held)
        expect(rows.map(row => lives.to[row])).toEqual(rows.map(row => lives.to[row]).toSorted((a, b) => a! - b!))
      const all = [...lives.from.keys()].filter(
        row =>
          lives.process[row]! >= 0 && lives.from[row]! <= time && (time < lives.to[row]! || lives.outcome[row] === -1),
      )
      expect(held.flat().toSorted((a, b) => a - b)).toEqual(all)
    }
  })

  test('by the end every disruption that a process had accepted is counted on one host', () => {
    const counted = hosts
      .flatMap(host => causesOn(recording, host, recording.end))
      .reduce((sum, it) => sum + it.count, 0)
    expect(counted).toBe(disruptions.process.filter(process => process >= 0).length)
    expect(counted).toBeGreaterThan(0)
    expect(hosts.flatMap(host => causesOn(recording, host, -1))).toEqual([])
    expect(disruptions.process.every(process => process < 0 || hosts.includes(actors[process]!.of!))).toBe(true)
  })
})
