import type {ActorId, Cause, ControlEvent, Outcome} from '../net/events.ts'
import type {Entry} from '../trace/ledger.ts'
import {causesInWords} from '../words/causes.ts'
import {count, inWords, percent} from '../words/figures.ts'
import type {Account} from './account.ts'
import {clientName, isSession, subjectOf} from './clients.ts'

type Kind = ControlEvent['kind']
type Of<K extends Kind> = Extract<ControlEvent, {kind: K}>
type Name = (actor: ActorId) => string

/** What each kind of event is called where people choose among them. */
export const kindNames: Readonly<Record<Kind, string>> = {
  release: 'release',
  batch: 'batch',
  halt: 'called off',
  rotate: 'ring',
  forwarding: 'L4 host',
  hold: 'held requests',
  pool: 'pool',
  rotation: 'rotation',
  process: 'process',
  sockets: 'sockets passed',
  listen: 'listening',
  health: 'health checks',
  power: 'power',
  stall: 'hang',
  role: 'role',
  sync: 'replication',
  phase: 'phase',
  alter: 'schema',
}

const states = {
  booting: 'boots',
  serving: 'is ready to serve',
  draining: 'begins to drain',
  gone: 'is gone',
} as const

const roles = {primary: 'is a primary', replica: 'is a replica', away: 'answers nobody'} as const
const syncs = {
  full: 'needs all the data of',
  partial: 'gets what it lacks from the backlog of',
  synced: 'has loaded the snapshot of',
  broken: 'loses its connection during the snapshot of',
} as const

const alterStates = {
  waits: 'waits for its lock',
  holds: 'has its lock',
  'times out': 'gives up, and lets others through',
  'is cancelled': 'is cancelled, and lets others through',
  done: 'is done',
} as const

const told: {readonly [K in Kind]: (event: Of<K>, name: Name) => string} = {
  release: ({tier, state}) => `the release of ${tier} ${state === 'started' ? 'begins' : 'is through'}`,
  halt: ({tier}) => `the release of ${tier} is called off`,
  batch: ({hosts, tier}, name) => `a batch of ${tier} begins: ${listed(hosts.map(name))}`,
  rotate: ({balancer, host, into, delta}, name) =>
    `${name(balancer)} takes ${name(host)} ${into ? 'into its ring' : 'out of its ring'}: ${count(delta)} of 65,537 slots change hands`,
  forwarding: ({balancer, announced, forwards}, name) =>
    `${name(balancer)} ${forwards ? 'forwards packets' : 'forwards nothing'}, and routers ${announced ? 'send it flows' : 'send it none'}`,
  hold: ({tier, on}) => `requests for ${tier} ${on ? 'are held from now on' : 'go on'}`,
  pool: ({host, tier, joins}, name) => `${name(host)} ${joins ? 'joins' : 'leaves'} the pool of ${tier}`,
  rotation: ({host, share}, name) => {
    if (share >= 1) return `${name(host)} is in rotation`
    if (share <= 0) return `${name(host)} leaves the rotation`
    return `${name(host)} is in rotation for ${percent(share, 0)} % of those who probe it`
  },
  process: ({process, state}, name) => `${name(process)} ${states[state] ?? state}`,
  sockets: ({from, to}, name) => `${name(to)} takes over the sockets of ${name(from)}`,
  listen: ({process, on}, name) => `${name(process)} ${on ? 'listens' : 'ceases to listen'}`,
  health: ({process, answers}, name) => `${name(process)} ${answers ? 'answers' : 'fails'} health checks`,
  power: ({host, on}, name) => `${name(host)} ${on ? 'has power again' : 'loses power'}`,
  stall: ({process, on}, name) => `${name(process)} ${on ? 'hangs' : 'goes on'}`,
  role: ({host, state, writes}, name) => `${name(host)} ${roles[state] ?? state}${writes ? ', and takes writes' : ''}`,
  sync: ({from, host, state}, name) => `${name(host)} ${syncs[state] ?? state} ${name(from)}`,
  phase: ({tier, phase}) => `the release of ${tier} goes on: ${phase}`,
  alter: ({host, statement, state}, name) => `${name(host)}: ${statement} ${alterStates[state] ?? state}`,
}

/** What an event is, in the operator's words. Of a batch its number among those of its release may be told. */
export function sentenceOf(event: Entry, {actors}: Pick<Account, 'actors'>, batch?: number): string {
  const name: Name = actor => actors[actor]?.name ?? `actor ${actor}`
  if (event.kind === 'batch' && batch !== undefined) return `batch ${batch} begins: ${listed(event.hosts.map(name))}`
  return (told[event.kind] as (event: ControlEvent, name: Name) => string)(event, name)
}

/** Names for a sentence: those of neighbours as a range, and of many only the first. */
export function listed(names: readonly string[]): string {
  const [first, ...rest] = names
  if (first === undefined) return 'nobody'
  if (rest.length === 0) return first
  if (names.length > 2 && names.every((name, k) => name === numbered(first, k))) return `${first} to ${rest.at(-1)}`
  if (names.length <= 3) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  return `${first}, ${rest[0]} and ${names.length - 2} others`
}

/** `edge.3` and 2 make `edge.5`, `edge.3#0` and 2 make `edge.5#0`. */
function numbered(name: string, further: number): string {
  const [, tier, number, rest] = /^(.*\.)(\d+)(#\d+)?$/.exec(name) ?? []
  return tier === undefined ? name : `${tier}${Number(number) + further}${rest ?? ''}`
}

const outcomeNames: Readonly<Record<Outcome, string>> = {
  completed: 'completed',
  refused: 'refused',
  reset: 'reset',
  aborted: 'aborted',
  'timed-out': 'timed out',
  failed: 'failed',
  misrouted: 'misrouted',
}
export const outcomeInWords = (outcome: Outcome | undefined): string =>
  outcome === undefined ? 'ended' : (outcomeNames[outcome] ?? outcome)

/** What a cause is called; one that a later version has added speaks for itself. */
export const causeWords = (cause: Cause | undefined): string =>
  cause === undefined
    ? 'unknown'
    : (causesInWords[cause as Exclude<Cause, 'done'>]?.words ?? cause.replaceAll('-', ' '))

/** How a disruption ended and why: `reset: killed at drain end`. */
export function endOf({outcomes, causes, disruptions}: Account, row: number): string {
  return `${outcomeInWords(outcomes[disruptions.outcome[row]!])}: ${causeWords(causes[disruptions.cause[row]!])}`
}

/** `reset: killed at drain end, client 41 of chat on edge.3#0, session 41 min old` */
export function disruptionSentence(recording: Account, row: number): string {
  const {workload, client, process} = recording.disruptions
  const who = clientName(recording, workload[row]!, client[row]!)
  return `${endOf(recording, row)}, ${who}${onWhom(recording, process[row]!)}, ${ageOf(recording, row)}`
}

/** `session 41 min old`; who was there at the beginning may be older. */
export function ageOf(recording: Account, row: number): string {
  const {at, took, workload, process} = recording.disruptions
  const wasThere = isSession(recording, workload[row]!) && took[row]! >= at[row]!
  const subject = subjectOf(recording, workload[row]!, process[row]!)
  return `${subject} ${wasThere ? 'at least ' : ''}${inWords(took[row]! / 1e6)} old`
}

/** The process that had a connection, as ` on edge.3#0`; nothing if none had. */
export function onWhom({actors}: Account, process: ActorId): string {
  const name = actors[process]?.name
  return name === undefined ? '' : ` on ${name}`
}
