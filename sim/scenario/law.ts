import * as v from 'valibot'
import type {Distribution} from '../engine/distributions.ts'
import * as laws from '../engine/distributions.ts'
import {empirical, type Read} from './empirical.ts'
import {either, type Field, isMap, map, type Schema, single} from './map.ts'
import {decimal, duration, fraction} from './quantity.ts'
import {formatFraction} from './units.ts'

/** No shorter mean than this: a law of nothing but zeros has no steady state. */
const mean: Field<number> = [duration({least: 1}), 'The mean.']
const minimum: Field<number> = [duration({least: 1}), 'The shortest.']
const sigma: Field<number> = [
  decimal(0.001, 10),
  'Standard deviation of the logarithm: 0.5 is mild, 1 skewed, 2 extreme.',
]
/** Above this shape a Pareto law has a mean. */
const tail: Field<number> = [decimal(1.01, 100), 'The chance of more than x falls as x^-shape: 1.5 is heavy, 3 light.']
const shape: Field<number> = [decimal(0.1, 100), 'Below 1 more variable than exponential, 1 the same, above 1 less.']

/** Whether a map is meant for a law, by its key. */
export const isLaw = (input: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(input).some(key => Object.hasOwn(forms, key) || key === 'empirical' || key === 'mixture')

/** How long something takes: text for a fixed duration, or a map with the law's name. */
export function lawSchema(read: Read): Schema<Distribution> {
  const law: Schema<Distribution> = either(
    isMap,
    single({...forms, empirical: empirical(read), mixture: mixture(() => law)}),
    v.pipe(duration({or: 'a law such as {exponential: 5ms}'}), v.transform(laws.fixed)),
  )
  return law
}

/** A law, or a word for what never ends. */
export const lifetimeSchema = (
  law: Schema<Distribution>,
  word: 'forever' | 'never' = 'forever',
): Schema<Distribution> =>
  either(
    input => input === word,
    v.pipe(
      v.literal(word),
      v.transform(() => laws.forever),
    ),
    law,
  )

/** Anything from `from` to `to`, if they are the right way round. */
const range = v.pipe(
  map({from: [duration(), 'The shortest.'], to: [duration({least: 1}), 'The longest.']}),
  v.check(({from, to}) => from <= to, 'a from that is not longer than its to'),
  v.transform(({from, to}) => laws.uniform(from, to)),
)

const forms = {
  exponential: [
    v.pipe(
      either(isMap, map({mean}), duration({least: 1})),
      v.transform(it => laws.exponential(typeof it === 'number' ? it : it.mean)),
    ),
    'Memoryless: how much longer it takes does not depend on how long it has taken.',
  ],
  uniform: [range, 'Anything between two durations is equally likely.'],
  lognormal: [
    v.pipe(map({mean, sigma}), v.transform(laws.lognormal)),
    'Its logarithm is normal: most are short, some very long.',
  ],
  weibull: [
    v.pipe(map({mean, shape}), v.transform(laws.weibull)),
    'With a shape below 1 it ends ever less likely the longer it lasts, above 1 ever more.',
  ],
  pareto: [
    v.pipe(
      either(
        input => isMap(input) && Object.hasOwn(input, 'minimum'),
        map({minimum, shape: tail}),
        map({mean, shape: tail}),
      ),
      v.transform(laws.pareto),
    ),
    'A power law: now and then one takes longer than all before.',
  ],
  gamma: [v.pipe(map({mean, shape}), v.transform(laws.gamma)), 'A sum of `shape` exponentials.'],
} as const satisfies Record<string, Field<Distribution>>

function mixture(law: () => Schema<Distribution>): Field<Distribution> {
  const part = map({
    weight: [fraction({least: 1e-6}), 'How often this law is the one.'],
    of: [v.lazy(law), 'The law of this share.'],
  })
  const wanted = 'a list of parts {weight, of} whose weights make 100%'
  const schema = v.pipe(
    v.array(part, wanted),
    v.minLength(1, wanted),
    v.check(
      parts => Math.abs(sumOf(parts) - 1) <= 0.01,
      ({input: parts}) => `${wanted}; these make ${formatFraction(sumOf(parts))}`,
    ),
    v.transform(parts => laws.mixture(parts)),
  )
  return [schema, 'Sometimes one law, sometimes another.']
}

const sumOf = (parts: readonly {weight: number}[]): number => parts.reduce((sum, {weight}) => sum + weight, 0)
