import * as v from 'valibot'
import type {FaultOptions} from '../net/options.ts'
import {either, type Field, isMap, map, type Schema} from './map.ts'
import {duration} from './quantity.ts'

/** `edge.3`: the host with the number 3 of the tier edge; hosts are counted from 0. */
const hostPattern = /^([A-Za-z][A-Za-z0-9-]*)\.(\d{1,6})$/
const wantedHost = 'a host such as edge.0: a tier, a dot, and the number of a host, counted from 0'

export function hostOf(text: string): {tier: string; host: number} | undefined {
  const [, tier, host] = hostPattern.exec(text) ?? []
  return tier === undefined ? undefined : {tier, host: Number(host)}
}

const host = v.pipe(
  v.string(wantedHost),
  v.regex(hostPattern, wantedHost),
  v.transform(text => hostOf(text)!),
)

const when = {
  at: [duration(), 'When it happens.'],
  lasts: [v.optional(duration({least: 1, none: true}), 'none'), 'How long it lasts; `none`: for good.'],
} as const satisfies Record<string, Field>

export const faultSchema: Schema<FaultOptions> = either(
  input => isMap(input) && Object.hasOwn(input, 'host-stalls'),
  v.pipe(
    map({'host-stalls': [host, 'Its processes hang; their sockets take connections that nobody accepts.'], ...when}),
    v.transform(({'host-stalls': where, ...rest}) => ({kind: 'host-stalls' as const, ...where, ...rest})),
  ),
  v.pipe(
    map({'host-dies': [host, 'It loses power; its packets go nowhere until it has booted again.'], ...when}),
    v.transform(({'host-dies': where, ...rest}) => ({kind: 'host-dies' as const, ...where, ...rest})),
  ),
)
