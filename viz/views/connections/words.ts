import {causeWords} from '../../../sim/story/sentences.ts'
import {clockText, many, spanText} from '../../draw/words.ts'
import {families, familyNames} from '../../recording/family.ts'
import type {Recording} from '../../recording/recording.ts'
import {completed, endingsOf, open} from './endings.ts'

/** Fine enough to tell a request of some milliseconds from others. */
const grain = 1_000

/** What is kept open is a connection; what is asked is a request. */
const asked = new Set(['http', 'upload', 'keep-alive'])
export const nounOf = (kind: string | undefined): string =>
  kind === undefined
    ? 'request or connection'
    : kind === 'upload'
      ? 'upload'
      : asked.has(kind)
        ? 'request'
        : 'connection'

/** So many of a workload, or of all. */
export const manyOf = (count: number, kind: string | undefined): string =>
  many(count, nounOf(kind), kind === undefined ? 'requests and connections' : undefined)

/** `client 41, chat: opened on edge.3#0 at 1:20; reset at 42:20: killed at drain end, after 41 min` */
export function lifeText(recording: Recording, row: number): string {
  const {lives, workloads, actors} = recording
  const {name, kind} = workloads[lives.workload[row]!]!
  const from = lives.from[row]!
  const process = lives.process[row]!
  const verb = asked.has(kind) ? 'asked' : 'opened'
  const when = from === 0 ? 'before the run began' : `at ${clockText(from, grainOf(recording, row))}`
  const on = process < 0 ? '' : ` on ${actors[process]!.name}`
  return `client ${lives.client[row]!}, ${name}: ${verb}${on} ${when}; ${endText(recording, row)}`
}

/** `reset at 42:20: killed at drain end, after 41 min`; `still open at the end` */
function endText(recording: Recording, row: number): string {
  const {lives, outcomes} = recording
  const [from, to, outcome] = [lives.from[row]!, lives.to[row]!, lives.outcome[row]!]
  if (outcome === -1) return 'still open at the end'
  const after = `after ${from === 0 ? 'at least ' : ''}${spanText(to - from)}`
  const at = `at ${clockText(to, grainOf(recording, row))}`
  const why = causeText(recording, row)
  return why === undefined ? `${outcomes[outcome]!} ${at}, ${after}` : `${outcomes[outcome]!} ${at}: ${why}, ${after}`
}

/** Why a life was disrupted; undefined if it was not, or if nothing is known of it. */
export function causeText(recording: Recording, row: number): string | undefined {
  const disruption = endingsOf(recording).disruption[row]!
  if (disruption < 0) return undefined
  const cause = recording.causes[recording.disruptions.cause[disruption]!]!
  return cause === 'done' ? undefined : causeWords(cause)
}

const grainOf = ({lives}: Recording, row: number): number =>
  lives.to[row]! - lives.from[row]! < 10_000_000 ? grain : 1_000_000

/** How lives ended, in a word, for those that have no family. */
export const endingName = (family: number): string =>
  family === open ? 'open' : family === completed ? 'completed' : familyNames[families[family]!]
