import type {Duration, Time} from '../../../sim/engine/time.ts'
import type {Entry} from '../../../sim/trace/ledger.ts'
import type {Told} from './moments.ts'

/** Something that happens without a release, and how long until it was noticed, or until it was over. */
export interface Fault {
  readonly what: 'power' | 'stall' | 'balancer' | 'join'
  readonly name: string
  readonly at: Time
  /** A host without power: until nobody sent it work. One that joins: until all did. A process that hung: until it went on. */
  readonly lasted?: Duration
}

/** The first of each kind, in the order in which they happened. */
export function firstFaults({ledger, recording: {actors, strategies}}: Told): Fault[] {
  const isReleased = Object.keys(strategies).length > 0
  const faults = new Map<Fault['what'], Fault>()
  for (let i = 0; i < ledger.length; i++) {
    if (!breaking.has(ledger.kind(i))) continue
    const event = ledger.event(i)
    const [what, actor] = brokenIn(event) ?? []
    if (what === undefined || actor === undefined || faults.has(what) || (what === 'join' && isReleased)) continue
    const over = overAfter({ledger}, i, event)
    faults.set(what, {
      what,
      name: actors[actor]!.name,
      at: event.at,
      ...(over !== undefined && {lasted: over - event.at}),
    })
  }
  return [...faults.values()]
}

const breaking = new Set<Entry['kind']>(['power', 'stall', 'forwarding', 'pool'])

function brokenIn(event: Entry): readonly [what: Fault['what'], actor: number] | undefined {
  if (event.kind === 'power' && !event.on) return ['power', event.host]
  if (event.kind === 'stall' && event.on) return ['stall', event.process]
  if (event.kind === 'forwarding' && event.announced && !event.forwards) return ['balancer', event.balancer]
  if (event.kind === 'pool' && event.joins) return ['join', event.host]
  return undefined
}

function overAfter({ledger}: Pick<Told, 'ledger'>, begin: number, fault: Entry): Time | undefined {
  for (let i = begin + 1; i < ledger.length; i++) {
    const event = ledger.event(i)
    if (ends(fault, event)) return event.at
  }
  return undefined
}

function ends(fault: Entry, event: Entry): boolean {
  if (fault.kind === 'power') return event.kind === 'rotation' && event.host === fault.host && event.share === 0
  if (fault.kind === 'pool') return event.kind === 'rotation' && event.host === fault.host && event.share === 1
  return fault.kind === 'stall' && event.kind === 'stall' && event.process === fault.process && !event.on
}
