import fc from 'fast-check'
import {expect} from 'vitest'
import type {ControlEvent} from '../../sim/net/events.ts'
import {Replay} from '../../sim/trace/replay.ts'
import type {Trace} from '../../sim/trace/trace.ts'
import {problemWith} from '../../sim/trace/verify.ts'
import type {HostState, WorldState} from '../../sim/trace/world-state.ts'
import {scenarios, seeds} from '../arbitrary/scenario.ts'
import {type Law, law, play} from './law.ts'

const rises = (times: readonly number[]): boolean => times.every((at, i) => i === 0 || at >= times[i - 1]!)

/** Whom an event speaks of as acting: to be passed from is nothing that one does. */
const actorsOf = (event: ControlEvent): number[] =>
  event.kind === 'sockets' ? [event.to] : 'process' in event ? [event.process] : []

/** A trace says what happened, and the same as the report. */
export const traces: readonly Law[] = [
  law('time in a trace never goes back, nor past the end', ({trace}) => {
    const {events, disruptions, connections, end} = trace
    for (const times of [events.map(({at}) => at), disruptions.at, connections.from.filter(at => at >= 0)]) {
      expect(rises(times)).toBe(true)
      expect(times.at(-1) ?? 0).toBeLessThanOrEqual(end)
    }
  }),

  law('no event names a process that is gone, except as `from`', ({trace}) => {
    const gone = new Set<number>()
    for (const event of trace.events) {
      expect(actorsOf(event).filter(actor => gone.has(actor))).toEqual([])
      if (event.kind === 'process' && event.state === 'gone') gone.add(event.process)
    }
  }),

  law('a trace that was written can be read', ({trace}) => {
    expect(problemWith(JSON.parse(JSON.stringify(trace)))).toBeUndefined()
  }),

  law('capacity is the share of hosts with power, in rotation, on which somebody listens who does not hang', played => {
    const {trace, report, scenario} = played
    for (const [tier, {capacity}] of Object.entries(report.tiers)) {
      const {min, mean} = levelOf(trace, ({hosts}) => thatServe(hosts.filter(host => host.tier === tier)))
      const hosts = scenario.world.tiers[tier]!.hosts
      expect(min / hosts).toBeCloseTo(capacity.min, 9)
      expect(mean / hosts).toBeCloseTo(capacity.mean, 9)
    }
  }),

  law('the trace and the report tell the same', ({trace, report}) => {
    expect(trace.totals).toEqual(report.traffic)
    expect(trace.disruptions.total).toBe(report.disruption.count)
    const {hosts, releases, disruptions} = new Replay(trace).seek(trace.end)
    for (const [tier, {processes, capacity}] of Object.entries(report.tiers)) {
      const living = hosts.filter(host => host.tier === tier).flatMap(host => host.processes)
      expect(living.length).toBe(processes.old + processes.new)
      expect(meanOf(trace, `${tier}.capacity`)).toBeCloseTo(capacity.mean, 4)
    }
    for (const [tier, {startedAt, finishedAt}] of Object.entries(report.release))
      expect(releases[tier]?.state).toBe(finishedAt !== null ? 'finished' : startedAt !== null ? 'started' : undefined)
    for (const [name, {causes}] of Object.entries(report.traffic)) expect(disruptions[name]).toEqual(causes)
  }),

  {
    name: 'a replay from any checkpoint is the fold from zero, and no state changes once it is given',
    property: strategy =>
      fc.property(scenarios(strategy), seeds, (scenario, seed) => {
        const {trace} = play(strategy, scenario, seed)
        const fromZero = new Replay(trace, Infinity)
        const replays = [1, 3, 40].map(every => new Replay(trace, every))
        const times = [0.9, 0.1, 0.5, 0, 1, 0.3].map(share => Math.floor(share * trace.end))
        const atEvents = trace.events.filter((_, i) => i % 17 === 0).map(({at}) => at)
        for (const at of [...times, ...atEvents]) {
          const state = fromZero.seek(at)
          const before = JSON.stringify(state)
          for (const replay of replays) expect(replay.seek(at)).toEqual(state)
          fromZero.seek(trace.end)
          expect(JSON.stringify(state)).toBe(before)
        }
      }),
  },
]

const thatServe = (hosts: readonly HostState[]): number =>
  hosts.filter(
    ({powered, rotation, processes}) =>
      powered && rotation > 0 && processes.some(process => process.listening && !process.stalled),
  ).length

/** The least and the mean of what a trace tells at any instant. */
function levelOf(trace: Trace, of: (state: WorldState) => number): {min: number; mean: number} {
  const replay = new Replay(trace, 50)
  const times = [...new Set(trace.events.map(({at}) => at)), trace.end]
  const spans = times.slice(1).map((to, i) => ({length: to - times[i]!, level: of(replay.seek(times[i]!))}))
  const lasting = spans.filter(({length}) => length > 0)
  const sum = lasting.reduce((total, {length, level}) => total + length * level, 0)
  return {min: Math.min(...lasting.map(({level}) => level)), mean: sum / trace.end}
}

/** Of a series over the whole run, whose last bucket may be shorter than the others. */
function meanOf({series, end}: Trace, name: string): number {
  const values = series.columns[name]!
  const whole = values.slice(0, -1).reduce((total, value) => total + value * series.width, 0)
  return (whole + values.at(-1)! * series.width) / end
}
