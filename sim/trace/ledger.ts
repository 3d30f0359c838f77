import type {Time} from '../engine/time.ts'
import type {ActorId, ControlEvent} from '../net/events.ts'

export type Entry = ControlEvent & {readonly at: Time}
type Kind = ControlEvent['kind']

/** The fields of each kind of event, in the order in which they are stored; `hosts` is a list and stored apart. */
const fields: Readonly<Record<Kind, readonly string[]>> = {
  release: ['tier', 'state'],
  batch: ['tier'],
  rotate: ['balancer', 'host', 'into', 'delta'],
  forwarding: ['balancer', 'announced', 'forwards'],
  pool: ['tier', 'host', 'joins'],
  rotation: ['host', 'share'],
  process: ['process', 'state'],
  sockets: ['from', 'to'],
  listen: ['process', 'on'],
  health: ['process', 'answers'],
  power: ['host', 'on'],
  stall: ['process', 'on'],
  halt: ['tier'],
  hold: ['tier', 'on'],
  role: ['host', 'state', 'writes'],
  sync: ['from', 'host', 'state'],
  phase: ['tier', 'phase'],
  alter: ['host', 'statement', 'state'],
}
export const kinds = Object.keys(fields) as readonly Kind[]
const most = 4
const flags = new Set(['into', 'announced', 'forwards', 'joins', 'on', 'answers', 'writes'])
const texts = new Set(['tier', 'state', 'phase', 'statement'])
const actors = new Set(['balancer', 'host', 'process', 'from', 'to'])

/** The same fields by the place of their kind, with what their numbers stand for: a trace may have a million events. */
const layouts = kinds.map(kind => fields[kind].map(name => ({name, isText: texts.has(name), isFlag: flags.has(name)})))
const placeOfKind = new Map<string, number>(kinds.map((kind, place) => [kind, place]))

/** What hosts, processes and operators did, in columns: a million events cross from the worker at no cost. */
export interface LedgerColumns {
  readonly at: Float64Array
  /** Index of `kinds`. */
  readonly kind: Uint8Array
  /** Fields of event i from 4 × i on. Flags are 0 and 1, texts places in `words`. */
  readonly values: Float64Array
  readonly words: readonly string[]
  /** Of each event `batch`, in their order, the hosts. */
  readonly batches: readonly (readonly number[])[]
}

/** Columns of those events whose kinds are known. What others mean nobody need know (docs/trace.md). */
export function ledgerOf(events: readonly Entry[]): LedgerColumns {
  const known = events.filter(({kind}) => placeOfKind.has(kind))
  const at = new Float64Array(known.length)
  const kind = new Uint8Array(known.length)
  const values = new Float64Array(known.length * most)
  const words = new Map<string, number>()
  const batches: (readonly number[])[] = []
  const coded = (value: unknown): number => (typeof value === 'string' ? placeOf(words, value) : Number(value))
  for (let i = 0; i < known.length; i++) {
    const event = known[i]!
    at[i] = event.at
    kind[i] = placeOfKind.get(event.kind)!
    const its = layouts[kind[i]!]!
    for (let k = 0; k < its.length; k++)
      values[i * most + k] = coded((event as unknown as Record<string, unknown>)[its[k]!.name])
    // A file may say anything.
    if (event.kind === 'batch') batches.push(Array.isArray(event.hosts) ? event.hosts : [])
  }
  return {at, kind, values, words: [...words.keys()], batches}
}

function placeOf(words: Map<string, number>, word: string): number {
  const place = words.get(word) ?? words.size
  words.set(word, place)
  return place
}

/** Of each kind the places of those fields that name a host, a process or a balancer. */
const naming = kinds.map(kind => fields[kind].flatMap((name, k) => (actors.has(name) ? [k] : [])))

/** The same as a list of events that can be asked for one by one. */
export class Ledger {
  readonly columns: LedgerColumns
  /** Event → which of the batches it is. */
  readonly #batchOf = new Map<number, number>()

  constructor(columns: LedgerColumns) {
    this.columns = columns
    const batch = kinds.indexOf('batch')
    for (let i = columns.kind.indexOf(batch); i >= 0; i = columns.kind.indexOf(batch, i + 1))
      this.#batchOf.set(i, this.#batchOf.size)
  }

  get length(): number {
    return this.columns.at.length
  }

  at(i: number): Time {
    return this.columns.at[i]!
  }

  kind(i: number): Kind {
    return kinds[this.columns.kind[i]!]!
  }

  event(i: number): Entry {
    const {at, values, words, batches} = this.columns
    const kind = this.kind(i)
    const entry: Record<string, unknown> = {at: at[i]!, kind}
    const its = layouts[this.columns.kind[i]!]!
    for (let k = 0; k < its.length; k++) {
      const {name, isText, isFlag} = its[k]!
      const value = values[i * most + k]!
      entry[name] = isText ? words[value] : isFlag ? value === 1 : value
    }
    if (kind === 'batch') entry.hosts = batches[this.#batchOf.get(i)!]
    return entry as unknown as Entry
  }

  /** Calls `visit` with every host, process and balancer that an event names. */
  named(i: number, visit: (actor: ActorId) => void): void {
    const {kind, values, batches} = this.columns
    for (const k of naming[kind[i]!]!) visit(values[i * most + k]!)
    const batch = this.#batchOf.get(i)
    if (batch !== undefined) for (const host of batches[batch]!) visit(host)
  }

  /** The first event after `time`; `length` if there is none. */
  after(time: Time): number {
    return firstAfter(this.columns.at, time)
  }
}

/** The first place in rising times with one that is later; their number if there is none. */
export function firstAfter(times: ArrayLike<number>, time: Time, low = 0, high = times.length): number {
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle]! <= time) low = middle + 1
    else high = middle
  }
  return low
}
