import type {Time} from '../engine/time.ts'
import type {ActorId} from '../net/events.ts'
import {clientId} from '../story/clients.ts'
import {tierOf} from '../trace/hosts.ts'
import type {Trace} from '../trace/trace.ts'
import {type Aspect, aspects, type Spell, spellsOf} from './spells.ts'

/** One event of the Trace Event Format, as Perfetto and other viewers read it: times in microseconds. */
export interface TraceEvent {
  /** X: a slice; i: an instant; C: a counter; M: what a track is called. */
  readonly ph: 'X' | 'i' | 'C' | 'M'
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly ts: Time
  readonly dur?: Time
  readonly s?: 't'
  readonly cat?: string
  readonly args?: Readonly<Record<string, string | number>>
}

/** A trace as a JSON of trace events. */
export interface TraceEventFile {
  readonly displayTimeUnit: 'ms'
  readonly otherData: Readonly<Record<string, string | number>>
  readonly traceEvents: readonly TraceEvent[]
}

/** Tracks that no host owns. A viewer takes 0 for the kernel's idle task, so hosts begin behind these. */
const release = 1
const traffic = 2
const firstActor = 3

/**
 * A run for ui.perfetto.dev: a process for each host and balancer, with a thread for each process that it ran, slices for
 * states, instants for disruptions and counters for series; besides them one process for releases and one for workloads.
 */
export function perfettoOf(trace: Trace): TraceEventFile {
  const spells = spellsOf(trace)
  return {
    displayTimeUnit: 'ms',
    otherData: {exporter: trace.exporter, scenario: trace.scenario, seed: trace.seed},
    traceEvents: [
      ...namesOf(trace),
      ...tracksOf(trace, spells),
      ...slicesOf(trace, spells),
      ...disruptionsOf(trace),
      ...countersOf(trace),
    ],
  }
}

/** Where an actor is shown: a host as a process of the viewer, with its own processes as threads. */
const pidOf = ({actors}: Trace, actor: ActorId): number => firstActor + (actors[actor]!.of ?? actor)
/** States of one aspect of an actor follow each other, so each has a track; a viewer takes what overlaps on one for nested. */
const tidOf = (actor: ActorId, aspect: Aspect = 'state'): number =>
  firstActor + actor * aspects.length + aspects.indexOf(aspect)

function namesOf(trace: Trace): TraceEvent[] {
  const {actors, strategies, workloads} = trace
  return [
    ...named(release, 'releases'),
    ...Object.entries(strategies).map(([tier, strategy], i) => thread(release, firstActor + i, `${tier}: ${strategy}`)),
    ...named(traffic, 'traffic'),
    ...workloads.map(({name}, i) => thread(traffic, firstActor + i, name)),
    ...actors.flatMap(({name, of}, actor) =>
      of === undefined ? named(pidOf(trace, actor), name) : [thread(pidOf(trace, actor), tidOf(actor), name)],
    ),
  ]
}

/** The names of tracks that only some have: of hosts that lose power, say. */
function tracksOf(trace: Trace, spells: readonly Spell[]): TraceEvent[] {
  const tracks = new Map<number, TraceEvent>()
  for (const {of, aspect} of spells) {
    if (typeof of === 'string' || aspect === 'state') continue
    const name = trace.actors[of]!.kind === 'process' ? `${trace.actors[of]!.name} ${aspect}` : aspect
    tracks.set(tidOf(of, aspect), thread(pidOf(trace, of), tidOf(of, aspect), name))
  }
  return [...tracks.values()]
}

const meta = (name: string, pid: number, tid: number, args: TraceEvent['args'] & object): TraceEvent => ({
  ph: 'M',
  ...{name, pid, tid, ts: 0, args},
})
const named = (pid: number, name: string): TraceEvent[] => [
  meta('process_name', pid, 0, {name}),
  meta('process_sort_index', pid, 0, {sort_index: pid}),
]
const thread = (pid: number, tid: number, name: string): TraceEvent => meta('thread_name', pid, tid, {name})

function slicesOf(trace: Trace, spells: readonly Spell[]): TraceEvent[] {
  const tiers = Object.keys(trace.strategies)
  return spells.map(({of, aspect, name, from, to}) => ({
    ph: 'X',
    name,
    cat: 'state',
    ...(typeof of === 'string'
      ? {pid: release, tid: firstActor + Math.max(0, tiers.indexOf(of))}
      : {pid: pidOf(trace, of), tid: tidOf(of, aspect)}),
    ts: from,
    dur: to - from,
  }))
}

function disruptionsOf(trace: Trace): TraceEvent[] {
  const {at, workload, client, process, outcome, cause, took} = trace.disruptions
  return at.map((ts, row): TraceEvent => {
    const by = process[row]!
    const where = by < 0 ? {pid: traffic, tid: firstActor + workload[row]!} : {pid: pidOf(trace, by), tid: tidOf(by)}
    const args = {
      workload: trace.workloads[workload[row]!]!.name,
      client: clientId(trace, workload[row]!, client[row]!),
      outcome: trace.outcomes[outcome[row]!]!,
      took_ms: took[row]! / 1_000,
    }
    return {ph: 'i', s: 't', cat: 'disruption', name: trace.causes[cause[row]!]!, ...where, ts, args}
  })
}

/** A value stands until the next one, so only changes are written. */
function countersOf(trace: Trace): TraceEvent[] {
  const {width, columns} = trace.series
  const hosts = new Map(
    trace.actors.flatMap(({name, kind}, actor) => (kind === 'host' ? [[name, actor] as const] : [])),
  )
  return Object.entries(columns).flatMap(([column, values]) => {
    const host = tierOf(column)
    const actor = hosts.get(host)
    const pid = actor === undefined ? traffic : pidOf(trace, actor)
    const name = actor === undefined ? column : column.slice(host.length + 1)
    return values.flatMap((value, k): TraceEvent[] =>
      k > 0 && values[k - 1] === value ? [] : [{ph: 'C', name, pid, tid: 0, ts: k * width, args: {value}}],
    )
  })
}
