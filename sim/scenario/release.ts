import * as v from 'valibot'
import type {Distribution} from '../engine/distributions.ts'
import type {Time} from '../engine/time.ts'
import type {Option} from '../strategies/option.ts'
import type {Strategy} from '../strategies/strategy.ts'
import {defaultText} from './default-text.ts'
import {either, type Field, isNumber, kinds, map, type Schema} from './map.ts'
import {duration, flag, fraction, whole, word} from './quantity.ts'
import type {OptionValue} from './scenario.ts'

/** As much of a strategy as a scenario file needs to know. */
export type StrategyFacts = Pick<Strategy, 'name' | 'summary' | 'suits' | 'needs' | 'options'>

export interface Release {
  readonly strategy: string
  readonly at: Time
  readonly halt?: Time
  readonly options: Readonly<Record<string, OptionValue>>
}

/** A strategy by its name, when it begins, and what of its options is not as by default. */
export function releaseSchema(strategies: readonly StrategyFacts[], law: Schema<Distribution>): Schema<Release> {
  const kindsOf = Object.fromEntries(strategies.map(strategy => [strategy.name, fields(strategy, law)]))
  return kinds('strategy', 'How this tier gets its new version.', kindsOf) as Schema<Release>
}

const fields = ({summary, options}: StrategyFacts, law: Schema<Distribution>) => {
  const values = Object.fromEntries(Object.entries(options).map(([name, option]) => [name, optionField(option, law)]))
  return {
    at: [duration(), 'When the release begins.'],
    halt: [
      v.exactOptional(duration()),
      'When the operator calls it off: the batch under way is finished, and no further one begins.',
    ],
    options: [v.optional(map(values), {}), summary],
  } as const satisfies Record<string, Field>
}

const optionField = (option: Option, law: Schema<Distribution>): Field => {
  const about = `${option.about[0]?.toUpperCase() ?? ''}${option.about.slice(1)}. Default: ${defaultText(option)}.`
  return [v.exactOptional(optionSchema(option, law)), about]
}

/** What is 0 unless one says otherwise is a wait, and `none` for it would read as no wait where it means one for ever. */
function optionSchema(option: Option, law: Schema<Distribution>): Schema<OptionValue> {
  if (option.kind === 'law') return law
  if (option.kind === 'duration') return duration({none: option.default !== 0})
  if (option.kind === 'batch') return option.least === 0 ? shareSchema : batchSchema
  if (option.kind === 'count') return whole(1, 1_000)
  return option.kind === 'flag' ? flag() : word(option.choices)
}

/** Below 1 a share of the hosts, Infinity for all of them, from 1 a number of hosts. */
const hostsFrom = (least: 0 | 1): Schema<number> =>
  either(
    isNumber,
    whole(least, 100_000, `a share of the hosts such as 20%, or a whole number of hosts from ${least} to 100000`),
    v.pipe(
      fraction({least: least === 0 ? 0 : 1e-6, or: 'a whole number of hosts'}),
      v.transform(share => (share === 1 ? Infinity : share)),
    ),
  )
const batchSchema = hostsFrom(1)
const shareSchema = hostsFrom(0)
