import type {Time} from '../../../sim/engine/time.ts'
import type {ActorId} from '../../../sim/net/events.ts'
import type {Recording} from '../../recording/recording.ts'
import {cached} from '../cached.ts'

type Rows = ReadonlyMap<ActorId, readonly number[]>

/** Host → rows of the sample of connections whose process is on it. */
const livesOf = cached<Recording, Rows>(({actors, lives}) => byHost(actors, lives.process))
/** Host → rows of the disruptions that one of its processes had accepted. */
const disruptionsOf = cached<Recording, Rows>(({actors, disruptions}) => byHost(actors, disruptions.process))

function byHost(actors: Recording['actors'], processes: Int32Array): Rows {
  const found = new Map<ActorId, number[]>()
  processes.forEach((process, row) => {
    const host = actors[process]?.of
    if (host === undefined) return
    if (!found.has(host)) found.set(host, [])
    found.get(host)!.push(row)
  })
  return found
}

/** Rows of the sample that a host has at an instant, those first that end first. */
export function heldAt(recording: Recording, host: ActorId, time: Time): readonly number[] {
  const {from, to, outcome} = recording.lives
  const isOpen = (row: number) => from[row]! <= time && (time < to[row]! || outcome[row] === -1)
  return (livesOf(recording).get(host) ?? []).filter(isOpen).sort((a, b) => to[a]! - to[b]!)
}

/** Of the disruptions on a host up to an instant, how many there were of each cause, the most frequent first. */
export function causesOn(recording: Recording, host: ActorId, time: Time): readonly CauseCount[] {
  const {at, cause, family} = recording.disruptions
  const counts = new Map<number, CauseCount>()
  for (const row of disruptionsOf(recording).get(host) ?? []) {
    if (at[row]! > time) break
    const before = counts.get(cause[row]!)
    counts.set(cause[row]!, {cause: cause[row]!, family: family[row]!, count: (before?.count ?? 0) + 1})
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)
}
export interface CauseCount {
  /** Place in the causes of the recording, and in `families`. */
  readonly cause: number
  readonly family: number
  readonly count: number
}
