import * as v from 'valibot'
import type {Distribution} from '../engine/distributions.ts'
import type {ChangeOptions} from '../net/options.ts'
import {backoffChange} from './backoff.ts'
import {hostField} from './fault.ts'
import {either, isMap, map, type Schema} from './map.ts'
import {duration, text, whole} from './quantity.ts'

/** What somebody changes while the run goes on: hosts of a tier, or how a workload reconnects. */
export const changeSchema = (law: Schema<Distribution>): Schema<ChangeOptions> =>
  either(has('reconnect'), reconnects(law), either(has('removes'), removes, adds))

const has = (key: string) => (input: unknown) => isMap(input) && Object.hasOwn(input, key)

const removes: Schema<ChangeOptions> = v.pipe(
  map({
    removes: [hostField, 'It leaves the pool for good. It keeps what it has; new work goes elsewhere at once.'],
    at: [duration(), 'When it leaves.'],
  }),
  v.transform(({removes, at}) => ({kind: 'removes' as const, ...removes, at})),
)

const adds: Schema<ChangeOptions> = v.pipe(
  map({
    adds: [
      text('the name of a tier', 40),
      'Hosts come into the pool of this tier, and get work when they have booted.',
    ],
    hosts: [v.optional(whole(1, 100_000), 1), 'How many.'],
    at: [duration(), 'When they begin to boot.'],
  }),
  v.transform(({adds, hosts, at}) => ({kind: 'adds' as const, tier: adds, hosts, at})),
)

const reconnects = (law: Schema<Distribution>): Schema<ChangeOptions> =>
  v.pipe(
    map({
      reconnect: [
        text('the name of a workload', 40),
        'Its clients wait otherwise before they come back; what is not given stays as it was.',
      ],
      at: [duration(), 'From when on. Whoever waits by then keeps that wait.'],
      ...backoffChange(law),
    }),
    v.check(it => Object.keys(it).length > 2, 'what becomes different, such as `base: 5s` or `jitter: none`'),
    v.transform(({reconnect, at, ...backoff}) => ({kind: 'reconnects' as const, workload: reconnect, at, backoff})),
  )
