import type {ControlEvent} from '../net/events.ts'
import type {Trace} from './trace.ts'

type Kind = ControlEvent['kind']
type Fields = Readonly<Record<string, unknown>>
/** A batch is of hosts, or of the hosts of a balancer. */
type Field = 'host' | 'process' | 'balancer' | 'hosts' | 'tier' | 'state' | 'flag' | 'number'

/** The fields of each kind of event, and what stands in them. Kinds that are not known here are passed over. */
const shapes: Readonly<Record<Kind, Readonly<Record<string, Field>>>> = {
  release: {tier: 'tier', state: 'state'},
  halt: {tier: 'tier'},
  hold: {tier: 'tier', on: 'flag'},
  batch: {tier: 'tier', hosts: 'hosts'},
  rotate: {balancer: 'balancer', host: 'host', into: 'flag', delta: 'number'},
  forwarding: {balancer: 'balancer', announced: 'flag', forwards: 'flag'},
  pool: {tier: 'tier', host: 'host', joins: 'flag'},
  rotation: {host: 'host', share: 'number'},
  process: {process: 'process', state: 'state'},
  sockets: {from: 'process', to: 'process'},
  listen: {process: 'process', on: 'flag'},
  health: {process: 'process', answers: 'flag'},
  power: {host: 'host', on: 'flag'},
  stall: {process: 'process', on: 'flag'},
  role: {host: 'host', state: 'state', writes: 'flag'},
  sync: {from: 'host', host: 'host', state: 'state'},
  phase: {tier: 'tier', phase: 'state'},
  alter: {host: 'host', statement: 'state', state: 'state'},
}

const fieldsOf = new Map<string, readonly [string, Field][]>(
  Object.entries(shapes).map(([kind, fields]) => [kind, Object.entries(fields)]),
)

/** What is wrong with the events of a trace, in one sentence; undefined if nothing is. */
export function problemWithEvents(trace: Trace): string | undefined {
  const {events, end} = trace
  const absent = new Set(events.flatMap(event => (isJoining(event) ? [event.host] : [])))
  let last = 0
  for (let i = 0; i < events.length; i++) {
    const event = events[i]!
    if (typeof event !== 'object' || event === null || typeof event.kind !== 'string') return `events[${i}] has no kind`
    if (!(event.at >= last && event.at <= end)) return `events[${i}] is not between the one before it and the end`
    last = event.at
    const wrong = problemWithFields(event, trace)
    if (wrong !== undefined) return `events[${i}].${wrong}`
    if (isJoining(event)) absent.delete(event.host)
    else if (absent.size > 0 && hostsOf(event, trace).some(host => absent.has(host)))
      return `events[${i}] names a host that is still to join`
  }
  return undefined
}

const isJoining = (event: ControlEvent | undefined): event is Extract<ControlEvent, {kind: 'pool'}> =>
  event?.kind === 'pool' && event.joins === true

function problemWithFields(event: ControlEvent, trace: Trace): string | undefined {
  for (const [name, field] of fieldsOf.get(event.kind) ?? []) {
    const value = (event as unknown as Fields)[name]
    if (!fits(value, field, trace)) return `${name} is no ${field}`
  }
  return undefined
}

function fits(value: unknown, field: Field, {actors}: Trace): boolean {
  if (field === 'flag') return typeof value === 'boolean'
  if (field === 'number') return Number.isFinite(value)
  if (field === 'tier') return typeof value === 'string' && value !== '__proto__'
  if (field === 'state') return typeof value === 'string'
  if (field === 'hosts')
    return Array.isArray(value) && value.every(it => ['host', 'balancer'].includes(actors[it]?.kind ?? ''))
  return actors[value as number]?.kind === field
}

/** The hosts whose state an event is about. */
function hostsOf(event: ControlEvent, {actors}: Trace): readonly number[] {
  if (event.kind === 'rotation' || event.kind === 'power') return [event.host]
  if (event.kind === 'sockets') return [actors[event.from]!.of!, actors[event.to]!.of!]
  if ('process' in event && fieldsOf.has(event.kind)) return [actors[event.process]!.of!]
  return []
}
