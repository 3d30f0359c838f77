import fc from 'fast-check'
import type {Distribution} from '../../sim/engine/distributions.ts'
import * as laws from '../../sim/engine/distributions.ts'
import {type Duration, seconds} from '../../sim/engine/time.ts'

/** Anything in a range; every third time a whole second, so that things fall on one instant. */
export const between = (least: Duration, most: Duration): fc.Arbitrary<Duration> => {
  const any = fc.noBias(fc.integer({min: least, max: most}))
  if (most < seconds(1)) return any
  const whole = fc.integer({min: Math.ceil(least / seconds(1)), max: Math.floor(most / seconds(1))})
  return fc.oneof({arbitrary: any, weight: 2}, {arbitrary: whole.map(count => seconds(count)), weight: 1})
}
export const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, {nil: undefined})
export const oneOf = <const T>(...choices: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...choices)

/** Without the keys whose value is undefined: options that are left out are not there. */
export const defined = <T extends object>(it: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
  Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined)) as never

/** A law that shows itself in a counterexample as one would write it. */
export function named(text: string, it: Distribution): Distribution {
  return Object.assign(it, {[fc.toStringMethod]: () => text})
}

const shapes: readonly ((mean: Duration) => Distribution)[] = [
  mean => named(`fixed(${mean})`, laws.fixed(mean)),
  mean => named(`uniform(0, ${2 * mean})`, laws.uniform(0, 2 * mean)),
  mean => named(`exponential(${mean})`, laws.exponential(mean)),
  mean => named(`lognormal({mean: ${mean}, sigma: 1})`, laws.lognormal({mean, sigma: 1})),
  mean => named(`weibull({mean: ${mean}, shape: 0.7})`, laws.weibull({mean, shape: 0.7})),
  mean => named(`pareto({mean: ${mean}, shape: 1.5})`, laws.pareto({mean, shape: 1.5})),
  mean => named(`gamma({mean: ${mean}, shape: 3})`, laws.gamma({mean, shape: 3})),
  mean => named(`empirical([0, ${mean}, ${3 * mean}])`, laws.empirical([0, mean, 3 * mean])),
  mean => {
    const parts = [
      {weight: 3, of: laws.fixed(mean)},
      {weight: 1, of: laws.exponential(2 * mean)},
    ]
    return named(`mixture([fixed(${mean}) × 3, exponential(${2 * mean}) × 1])`, laws.mixture(parts))
  },
]

/** Any kind of law with a mean in this range. */
export const law = (least: Duration, most: Duration): fc.Arbitrary<Distribution> =>
  fc.tuple(fc.nat({max: shapes.length - 1}), between(least, most)).map(([shape, mean]) => shapes[shape]!(mean))

/** One that never takes longer than `most`. */
export const boundedLaw = (most: Duration): fc.Arbitrary<Distribution> =>
  fc.tuple(fc.nat({max: 1}), between(1, most / 2)).map(([shape, mean]) => shapes[shape]!(mean))
