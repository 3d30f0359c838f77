import * as v from 'valibot'
import type {Distribution} from '../engine/distributions.ts'
import type {Field, Schema} from './map.ts'
import {decimal, duration, word} from './quantity.ts'

const wait = duration({least: 1_000})
const factor = decimal(1, 100)
const jitter = word(['none', 'equal', 'full', 'decorrelated'])

const abouts = {
  first: 'The first wait, where it has a law of its own.',
  base: 'The first wait, before jitter.',
  factor: 'How much longer each wait is than the one before.',
  cap: 'The longest wait.',
  jitter:
    'none: the wait itself; equal: half to all of it; full: nothing to all of it; decorrelated: up to thrice the last.',
} as const

/** How long clients wait before they try again. */
export const backoffFields = (law: Schema<Distribution>, {base, cap}: {base: string; cap: string}) =>
  ({
    first: [v.exactOptional(law), abouts.first],
    base: [v.optional(wait, base), abouts.base],
    factor: [v.optional(factor, 2), abouts.factor],
    cap: [v.optional(wait, cap), abouts.cap],
    jitter: [v.optional(jitter, 'full'), abouts.jitter],
  }) as const satisfies Record<string, Field>

/** Some of it, where the rest stays as it was. */
export const backoffChange = (law: Schema<Distribution>) =>
  ({
    first: [v.exactOptional(law), abouts.first],
    base: [v.exactOptional(wait), abouts.base],
    factor: [v.exactOptional(factor), abouts.factor],
    cap: [v.exactOptional(wait), abouts.cap],
    jitter: [v.exactOptional(jitter), abouts.jitter],
  }) as const satisfies Record<string, Field>
