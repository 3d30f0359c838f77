import type {Time} from '../../sim/engine/time.ts'
import type {ActorId} from '../../sim/net/events.ts'
import {Hosts, lateHosts} from '../../sim/trace/hosts.ts'
import {firstAfter} from '../../sim/trace/ledger.ts'
import type {Trace} from '../../sim/trace/trace.ts'
import {packed} from './look.ts'

/**
 * How every host looked at any time, as the instants at which that changed. The state of a host at t is found by
 * bisection among its own changes, however long the trace: there is nothing to replay.
 *
 *     host 0   ├──serving──┼─two processes─┼──serving──►      its changes: first[0] … first[1] - 1
 *     host 1   ├──serving──────┼─down─┼──serving───────►                   first[1] … first[2] - 1
 */
export interface Histories {
  /** Where the changes of the k-th host begin; one more than there are hosts. */
  readonly first: Int32Array
  readonly at: Float64Array
  /** As `packed`; 0 before a host joined. */
  readonly look: Int32Array
  /** Actor → which host it is; -1 for what is none. */
  readonly hostOf: Int32Array
}

export function historiesOf({actors, events}: Pick<Trace, 'actors' | 'events'>): Histories {
  const late = lateHosts(events)
  const hosts = new Hosts(actors, late)
  const lookOf = (actor: ActorId) => packed(hosts.get(actor))
  const hostOf = numbered(actors)
  const firstLook = (actor: ActorId) => (late.has(actor) ? 0 : lookOf(actor))
  const changes = actors.flatMap(({kind}, actor) => (kind === 'host' ? [new Changes(firstLook(actor))] : []))
  for (const event of events) {
    const changed = hosts.apply(event)
    if (changed !== undefined) changes[hostOf[changed]!]!.note(event.at, lookOf(changed))
  }
  return {...joined(changes), hostOf}
}

/** The looks of one host so far. Of several changes at one instant the last is kept. */
class Changes {
  readonly at: Time[] = [0]
  readonly look: number[]

  constructor(look: number) {
    this.look = [look]
  }

  note(at: Time, look: number): void {
    if (this.look.at(-1) === look) return
    if (this.at.at(-1) !== at) this.at.push(at)
    this.look[this.at.length - 1] = look
  }
}

function numbered(actors: Trace['actors']): Int32Array {
  let count = 0
  return Int32Array.from(actors, ({kind}) => (kind === 'host' ? count++ : -1))
}

function joined(changes: readonly Changes[]): Omit<Histories, 'hostOf'> {
  const first = new Int32Array(changes.length + 1)
  changes.forEach((its, k) => {
    first[k + 1] = first[k]! + its.at.length
  })
  const at = new Float64Array(first.at(-1)!)
  const look = new Int32Array(at.length)
  changes.forEach((its, k) => {
    at.set(its.at, first[k]!)
    look.set(its.look, first[k]!)
  })
  return {first, at, look}
}

/** How a host looks at an instant, packed. */
export function lookAt({first, at, look, hostOf}: Histories, host: ActorId, time: Time): number {
  const k = hostOf[host]!
  const place = firstAfter(at, time, first[k]!, first[k + 1]!) - 1
  return place < first[k]! ? 0 : look[place]!
}
