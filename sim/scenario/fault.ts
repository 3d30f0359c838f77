import * as v from 'valibot'
import type {FaultOptions} from '../net/options.ts'
import {either, type Field, isMap, map, type Schema} from './map.ts'
import {duration} from './quantity.ts'

/** `edge.3`: the host with the number 3 of the tier edge, `edge/l4.0` the first of its balancer; counted from 0. */
const hostPattern = /^([A-Za-z][A-Za-z0-9-]*(?:\/l4)?)\.(\d{1,6})$/
const wantedHost = 'a host such as edge.0: a tier, a dot, and the number of a host, counted from 0'

export function hostOf(text: string): {tier: string; host: number} | undefined {
  const [, tier, host] = hostPattern.exec(text) ?? []
  return tier === undefined ? undefined : {tier, host: Number(host)}
}

/** The place of a host. */
export const hostField = v.pipe(
  v.string(wantedHost),
  v.regex(hostPattern, wantedHost),
  v.transform(text => hostOf(text)!),
)

const when = {
  at: [duration(), 'When it happens.'],
  lasts: [v.optional(duration({least: 1, none: true}), 'none'), 'How long it lasts; `none`: for good.'],
} as const satisfies Record<string, Field>

type Kind = FaultOptions['kind']

const abouts: Readonly<Record<Kind, string>> = {
  'host-dies': 'It loses power; its packets go nowhere until it has booted again.',
  'host-stalls': 'Its processes hang; their sockets take connections that nobody accepts.',
  'host-isolated': 'The other nodes of its store and Sentinel do not reach it; clients do.',
  'bare-379': 'The message that tells a 379 from any other status is missing where it hands POSTs back.',
  'long-379': 'It hands back more bytes of a POST than it was sent.',
  'short-379': 'It hands back fewer bytes of a POST than it was sent.',
  'long-query': 'A report reads all tables of a database, such as db.0, with the lock of any read.',
  'l4-host-dies': 'A host of the balancer, such as edge/l4.0, forwards nothing until it is back, with an empty table.',
}

/** What can happen to hosts: keys of which a fault has one. */
export const faultKinds = Object.keys(abouts) as readonly Kind[]

/** Something that happens to the host whose place stands at the key that says what. */
export const faultSchema: Schema<FaultOptions> = faultKinds
  .slice(1)
  .reduce((rest, kind) => either(input => isMap(input) && Object.hasOwn(input, kind), of(kind), rest), of('host-dies'))

function of(kind: Kind): Schema<FaultOptions> {
  const fields = map({[kind]: [hostField, abouts[kind]], ...when})
  return v.pipe(
    fields as Schema<Record<string, {tier: string; host: number}> & {at: number; lasts: number}>,
    v.transform(({at, lasts, [kind]: where}) => ({kind, ...where!, at, lasts})),
  )
}
