import * as v from 'valibot'
import type {ChangeOptions} from '../net/options.ts'
import {hostField} from './fault.ts'
import {either, isMap, map, type Schema} from './map.ts'
import {duration, text, whole} from './quantity.ts'

/** Hosts that somebody adds to a tier or removes from it. */
export const changeSchema: Schema<ChangeOptions> = either(
  input => isMap(input) && Object.hasOwn(input, 'removes'),
  v.pipe(
    map({
      removes: [hostField, 'It leaves the pool for good. It keeps what it has; new work goes elsewhere at once.'],
      at: [duration(), 'When it leaves.'],
    }),
    v.transform(({removes, at}) => ({kind: 'removes' as const, ...removes, at})),
  ),
  v.pipe(
    map({
      adds: [
        text('the name of a tier', 40),
        'Hosts come into the pool of this tier, and get work when they have booted.',
      ],
      hosts: [v.optional(whole(1, 100_000), 1), 'How many.'],
      at: [duration(), 'When they begin to boot.'],
    }),
    v.transform(({adds, hosts, at}) => ({kind: 'adds' as const, tier: adds, hosts, at})),
  ),
)
