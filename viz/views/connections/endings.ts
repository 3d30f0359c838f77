import type {ActorId, Cause} from '../../../sim/net/events.ts'
import {firstAfter} from '../../../sim/trace/ledger.ts'
import {familyOf} from '../../recording/family.ts'
import type {Recording} from '../../recording/recording.ts'

/** Of a life that is still open, and of one that completed. */
export const [open, completed] = [-1, -2]

/** How each life of a recording ended. */
export interface Endings {
  /** Index of `families`, `open` or `completed`. */
  readonly family: Int8Array
  /** Row of the disruption that ended it; -1 if none did, or if it is beyond the cap of the trace. */
  readonly disruption: Int32Array
  /** The host whose process had it; -1 if none had. */
  readonly host: Int32Array
}

type Lives = Pick<Recording, 'lives' | 'disruptions' | 'actors' | 'outcomes' | 'causes'>
const known = new WeakMap<Lives, Endings>()

export function endingsOf(recording: Lives): Endings {
  const endings = known.get(recording) ?? found(recording)
  known.set(recording, endings)
  return endings
}

function found(recording: Lives): Endings {
  const {lives, outcomes, causes, actors} = recording
  const well = outcomes.indexOf('completed')
  const disruption = new Int32Array(lives.outcome.length).fill(-1)
  const family = Int8Array.from(lives.outcome, (outcome, life) => {
    if (outcome === -1) return open
    if (outcome === well) return completed
    const row = disruptionOf(recording, life)
    disruption[life] = row
    const cause: Cause = row === -1 ? 'done' : causes[recording.disruptions.cause[row]!]!
    return familyOf(outcomes[outcome]!, cause)
  })
  return {family, disruption, host: Int32Array.from(lives.process, process => hostOf(actors, process))}
}

const hostOf = (actors: Recording['actors'], process: ActorId): ActorId =>
  process < 0 ? -1 : (actors[process]!.of ?? -1)

/** The disruption that ended a life: of the same client, at the same instant. */
function disruptionOf({lives, disruptions}: Lives, life: number): number {
  const {at, client, workload} = disruptions
  const when = lives.to[life]!
  for (let row = firstAfter(at, when - 1); at[row] === when; row++)
    if (client[row] === lives.client[life] && workload[row] === lives.workload[life]) return row
  return -1
}

/** Whether something went wrong. */
export const isBroken = (family: number): boolean => family >= 0
