import type {Time} from '../../../sim/engine/time.ts'
import type {ActorId} from '../../../sim/net/events.ts'
import {annalsOf} from '../../../sim/story/annals.ts'
import type {LivingProcess} from '../../../sim/trace/world-state.ts'
import {type Look, packed, unpacked} from '../../recording/look.ts'
import type {ToldRecording} from '../../recording/recording.ts'
import {bucketAt, bucketSeconds, gaugesOf} from '../topology/gauges.ts'
import {absent, rolloutOf} from '../topology/rollout.ts'

/** What one would be told on a host at an instant: by `ps`, by `netstat`, and by those who probe it. */
export interface HostFacts {
  readonly look: Look
  /** Whether it is in the pool of its tier. */
  readonly belongs: boolean
  /** The share of those who probe it that send it new work. */
  readonly rotation: number
  /** What it is in its store, if it is a node of one. */
  readonly role?: string
  /** Oldest first. */
  readonly processes: readonly ProcessFacts[]
  readonly connections?: number
  /** Requests answered through it in a second, on average over the bucket of the series. */
  readonly completed?: number
  /** Share of its cores that is at work. */
  readonly cpu?: number
}

export interface ProcessFacts extends LivingProcess {
  readonly version: number
  /** When it came to be in its state. */
  readonly since: Time
  /** Who gave it the listening sockets, if somebody did. */
  readonly heirOf?: {readonly name: string; readonly at: Time}
}

/** Undefined before the host has joined its tier. */
export function hostFacts(told: ToldRecording, host: ActorId, time: Time): HostFacts | undefined {
  const {recording} = told
  const state = annalsOf(told).state(host, time)
  if (state === undefined) return undefined
  return {
    look: unpacked(packed(state)),
    belongs: rolloutOf(recording).version.value(host, time) !== absent,
    rotation: state.rotation,
    ...roleOf(told, host, time),
    processes: state.processes.map(process => processFacts(told, host, process, time)),
    ...measured(told, host, time),
  }
}

function roleOf(told: ToldRecording, host: ActorId, time: Time): Pick<HostFacts, 'role'> {
  const last = annalsOf(told).last(host, 'role', time)
  return last === undefined ? {} : {role: `${last.state}, ${last.writes ? 'takes writes' : 'takes no writes'}`}
}

function processFacts(told: ToldRecording, host: ActorId, process: LivingProcess, time: Time): ProcessFacts {
  const annals = annalsOf(told)
  const passed = annals.last(host, 'sockets', time, ({to}) => to === process.actor)
  return {
    ...process,
    version: rolloutOf(told.recording).versionOf.get(process.actor) ?? 0,
    since: annals.since(process.actor, process.state, time) ?? 0,
    ...(passed && {heirOf: {name: told.recording.actors[passed.from]!.name, at: passed.at}}),
  }
}

function measured(
  {recording}: ToldRecording,
  host: ActorId,
  time: Time,
): Pick<HostFacts, 'connections' | 'completed' | 'cpu'> {
  const {connections, completed, busy} = gaugesOf(recording)[host]!
  const bucket = bucketAt(recording, time)
  return {
    ...(connections && {connections: connections[bucket]!}),
    ...(completed && {completed: completed[bucket]! / bucketSeconds(recording, bucket)}),
    ...(busy && {cpu: busy[bucket]!}),
  }
}

/** Who takes new connections, in a sentence. */
export function socketWords(processes: readonly ProcessFacts[], when: (time: Time) => string): string {
  const listening = processes.filter(it => it.listening)
  if (listening.length === 0) return 'Nobody listens: new connections are refused.'
  const sentences = listening.map(({name, heirOf, stalled}) => {
    const passed = heirOf && `, passed on by ${heirOf.name} at ${when(heirOf.at)}`
    return `${name} listens${passed ?? ''}${stalled ? ', but hangs and accepts nothing' : ''}`
  })
  return `${sentences.join('; ')}.`
}
