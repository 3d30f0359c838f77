import type {Duration, Time} from '../../engine/time.ts'
import type {ActorId} from '../../net/events.ts'
import {tierOf} from '../../trace/hosts.ts'
import {inWords} from '../../words/figures.ts'
import type {Account, Step} from '../account.ts'
import type {Annals} from '../annals.ts'
import {listed} from '../sentences.ts'

/** What is known of a disruption, for whoever looks for its causes. */
export interface Case {
  readonly recording: Account
  readonly annals: Annals
  readonly at: Time
  /** When what was disrupted began, as far as the run goes back. */
  readonly began: Time
  /** -1: no process had accepted it. */
  readonly process: ActorId
}

/** What it comes down to: what happened, to which hosts or balancers, and that in a few words. */
export interface Finding {
  readonly steps: readonly Step[]
  readonly places: readonly ActorId[]
  readonly note?: string
}

export const nothing: Finding = {steps: [], places: []}

export const namesOf = ({recording}: Case, actors: readonly ActorId[]): string =>
  listed(actors.map(actor => recording.actors[actor]!.name))
/** The same for where there is little room; of several it cannot be told which one it was. */
export const oneOf = (it: Case, actors: readonly ActorId[]): string =>
  `${actors.length === 1 ? '' : 'one of '}${namesOf(it, actors)}`
export const are = (many: readonly unknown[], one: string, more: string) => (many.length === 1 ? one : more)
export const text = (duration: Duration): string => inWords(duration / 1e6)

export const placesOf = ({annals}: Case, processes: readonly ActorId[]): ActorId[] => [
  ...new Set(processes.flatMap(process => annals.placeOf(process) ?? [])),
]
export const tier = ({recording, annals}: Case, actor: ActorId): string | undefined => {
  const place = annals.placeOf(actor)
  return place === undefined ? undefined : tierOf(recording.actors[place]!.name)
}

/** Hosts that clients come to: those behind an L4 balancer; all where a trace knows of none. */
export function entryHosts({recording, annals}: Case): readonly ActorId[] {
  const tiers = new Set(recording.actors.flatMap(({name, kind}) => (kind === 'balancer' ? [name.split('/')[0]] : [])))
  return annals.hosts(name => tiers.size === 0 || tiers.has(name))
}

/** Hosts of the other tiers than that of the process that had the connection. */
export const hostsBehind = (it: Case): readonly ActorId[] => {
  const own = tier(it, it.process)
  return it.annals.hosts(name => name !== own)
}

/** The process that had it, if one had. */
export const known = ({process}: Case): ActorId[] => (process < 0 ? [] : [process])
