import type {Time} from '../engine/time.ts'
import type {ActorId} from '../net/events.ts'
import type {Trace} from '../trace/trace.ts'

/** In what something is in states; those of one aspect follow each other, those of two may overlap. */
export const aspects = ['state', 'stall', 'power', 'rotation', 'forwarding', 'release', 'batch', 'role'] as const
export type Aspect = (typeof aspects)[number]

/** A stretch of time in which something was in a state. */
export interface Spell {
  /** A process, a host, a balancer, or the tier that is released. */
  readonly of: ActorId | string
  readonly aspect: Aspect
  readonly name: string
  readonly from: Time
  readonly to: Time
}

type Event = Trace['events'][number]

/** All states of processes, hosts, balancers and releases that one would look at; what is as usual is none. */
export function spellsOf(trace: Trace): readonly Spell[] {
  const spells = new Spells(trace.end)
  for (const event of trace.events) note(spells, event)
  return spells.finished()
}

function note(spells: Spells, event: Event): void {
  const {at} = event
  if (event.kind === 'process') spells.is(at, event.process, 'state', event.state === 'gone' ? undefined : event.state)
  else if (event.kind === 'stall') spells.is(at, event.process, 'stall', event.on ? 'hangs' : undefined)
  else if (event.kind === 'power') spells.is(at, event.host, 'power', event.on ? undefined : 'no power')
  else if (event.kind === 'role') spells.is(at, event.host, 'role', role(event))
  else if (event.kind === 'rotation') spells.is(at, event.host, 'rotation', rotation(event.share))
  else if (event.kind === 'forwarding')
    spells.is(at, event.balancer, 'forwarding', event.forwards ? undefined : 'forwards nothing')
  else if (event.kind === 'release') {
    spells.is(at, event.tier, 'batch', undefined)
    spells.is(at, event.tier, 'release', event.state === 'started' ? `release of ${event.tier}` : undefined)
  } else if (event.kind === 'batch') spells.batch(at, event.tier)
}

const role = ({state, writes}: Extract<Event, {kind: 'role'}>): string =>
  state === 'primary' && !writes ? 'primary, takes no writes' : state

function rotation(share: number): string | undefined {
  if (share >= 1) return undefined
  return share <= 0 ? 'out of rotation' : 'partly in rotation'
}

/** Of each thing and each aspect of it the state that it is in. */
class Spells {
  readonly #end: Time
  readonly #open = new Map<string, Omit<Spell, 'to'>>()
  readonly #done: Spell[] = []
  readonly #batches = new Map<string, number>()

  constructor(end: Time) {
    this.#end = end
  }

  is(at: Time, of: ActorId | string, aspect: Aspect, name: string | undefined): void {
    const key = `${of} ${aspect}`
    const before = this.#open.get(key)
    if (before?.name === name) return
    // What is over in the instant in which it began is no slice that one could see.
    if (before !== undefined && before.from < at) this.#done.push({...before, to: at})
    this.#open.delete(key)
    if (name !== undefined) this.#open.set(key, {of, aspect, name, from: at})
  }

  batch(at: Time, tier: string): void {
    const number = (this.#batches.get(tier) ?? 0) + 1
    this.#batches.set(tier, number)
    this.is(at, tier, 'batch', `batch ${number}`)
  }

  /** Those that last to the end end there. Outer ones come before those in them. */
  finished(): readonly Spell[] {
    const open = [...this.#open.values()].map(spell => ({...spell, to: this.#end}))
    return [...this.#done, ...open.filter(({from}) => from < this.#end)].sort((a, b) => a.from - b.from || b.to - a.to)
  }
}
