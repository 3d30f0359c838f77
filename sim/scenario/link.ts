import * as v from 'valibot'
import type {Distribution} from '../engine/distributions.ts'
import type {LinkOptions} from '../net/options.ts'
import {isLaw} from './law.ts'
import {either, isMap, map, type Schema} from './map.ts'
import {fraction} from './quantity.ts'

/** `20ms`, a law of latencies, or `{latency, loss}`. */
export const linkSchema = (law: Schema<Distribution>): Schema<LinkOptions> =>
  either(
    input => isMap(input) && !isLaw(input),
    map({
      latency: [law, 'How long a packet takes, one way.'],
      loss: [v.optional(fraction({most: 0.5}), '0%'), 'Share of packets that are lost, each way.'],
    }),
    v.pipe(
      law,
      v.transform(latency => ({latency, loss: 0})),
    ),
  )
