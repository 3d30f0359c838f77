import {toSeconds} from '../../engine/time.ts'
import {plainData} from '../../experiment/data.ts'
import {usualConfidence} from '../../experiment/estimate.ts'
import {type Asked, measureNamed} from '../../experiment/measure.ts'
import {valueAt} from '../../experiment/parameter.ts'
import {type Quantity, quantityOf} from '../../experiment/quantity.ts'
import type {Quest} from '../../experiment/solve.ts'
import {type Target, targetOf} from '../../experiment/target.ts'
import {known} from '../../strategies/index.ts'
import {inWords} from '../../words/figures.ts'
import {Simulation} from '../simulation.ts'
import {drawHeading} from '../terminal/run.ts'
import type {Paper} from '../terminal/table.ts'
import {UserError} from '../user-error.ts'
import type {TrialOptions} from './trials.ts'

/** What `zdr solve` was asked, as it was typed. */
export interface Asking {
  readonly scenario: string
  readonly param: string
  readonly target?: readonly string[] | undefined
  readonly largest?: boolean | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly values?: string | undefined
  readonly pareto?: string | undefined
  readonly strategy?: string | undefined
  readonly replications?: number | undefined
  readonly confidence?: number | undefined
  readonly seed?: number | undefined
  readonly set?: readonly string[] | undefined
}

export interface Question {
  readonly simulation: Simulation
  readonly quest: Quest
  /** Of the front; none if none is asked for. */
  readonly measures: readonly Asked[]
  /** Those to be tried, if not those that lead to an answer. */
  readonly values: readonly number[] | undefined
  readonly options: TrialOptions
  readonly heading: (end: number, paper: Paper) => string
}

/** Everything that was asked for, found, read and checked. Throws a UserError that says what is wrong with it. */
export async function prepare(asking: Asking): Promise<Question> {
  const {scenario, param, strategy, seed, set = [], replications = 5, confidence = usualConfidence} = asking
  const strategies = strategy === undefined ? [] : [strategy]
  const simulation = await Simulation.prepare({scenario, strategies, seed, set})
  const data = plainData(simulation.file.text, set) ?? {}
  const targets = (asking.target ?? []).map(it => orThrow(targetOf(it, data)))
  const measures = (asking.pareto?.split(',') ?? []).map(it => orThrow(measureNamed(it.trim(), data)))
  const replaced = simulation.wanted[0]?.strategy
  const own = valueAt(data, param, replaced ? [...known, replaced] : known, replaced?.name)
  const {kind, ...place} = placeOf(asking, own)
  const quest = {kind, ...place, targets, largest: asking.largest ?? false}
  const isEndFixed = param === 'end' || set.some(it => it.startsWith('end='))
  return {
    simulation,
    quest,
    measures,
    values: valuesOf(asking, quest),
    options: {param, kind, targets, replications, confidence, isEndFixed},
    heading: (end, paper) => drawHeading(simulation.scenario, facts(simulation, replications, end), paper),
  }
}

function orThrow<T extends Target | Asked>(it: T | string): T {
  if (typeof it === 'string') throw new UserError(it)
  return it
}

/** Where to look: what the scenario has, or a range. */
function placeOf({param, from, to, values}: Asking, own: string | undefined): Pick<Quest, 'kind' | 'own' | 'range'> {
  if (from !== undefined && to !== undefined) return rangeOf(param, from, to)
  const first = values?.split(',')[0]?.trim() ?? own
  if (first === undefined) throw new UserError(`the scenario has no value at ${param}: say --from and --to`)
  const {kind, value} = quantity(first, `${param} is '${first}'`)
  if (value <= 0) throw new UserError(`${param} is ${first}, from which nothing can be doubled: say --from and --to`)
  return {kind, own: value}
}

function rangeOf(param: string, from: string, to: string): Pick<Quest, 'kind' | 'own' | 'range'> {
  const [low, high] = [quantity(from, `--from is '${from}'`), quantity(to, `--to is '${to}'`)]
  if (low.kind !== high.kind && low.value !== 0)
    throw new UserError(
      `--from ${from} is a ${low.kind.name} and --to ${to} a ${high.kind.name}: ${param} is one of them`,
    )
  if (low.value >= high.value) throw new UserError(`--from ${from} is not below --to ${to}`)
  return {kind: high.kind, own: high.value, range: [low.value, high.value]}
}

function quantity(text: string, what: string): {readonly kind: Quantity; readonly value: number} {
  const kind = quantityOf(text)
  if (kind !== undefined) return {kind, value: kind.parse(text)!}
  throw new UserError(`${what}, and no number such as 20m, 5%, 400/s, 64KiB or 3`)
}

/** Those that were typed, or, for a front without targets, seven around what the scenario has. */
function valuesOf({values, target = []}: Asking, {kind, own, range}: Quest): readonly number[] | undefined {
  if (values !== undefined)
    return values
      .split(',')
      .map(it => typedValue(it.trim(), kind))
      .toSorted((a, b) => a - b)
  if (target.length > 0) return undefined
  const [from, to] = range ?? [own / 8, own * 8]
  const steps = Array.from({length: 7}, (_, i) => i / 6)
  const spread = steps.map(it => (from === 0 ? to * it : from * (to / from) ** it))
  return [...new Set(spread.map(it => (kind.isWhole ? Math.round(it) : Math.round(it * 1e6) / 1e6)))]
}

function typedValue(text: string, kind: Quantity): number {
  const value = kind.parse(text)
  if (value !== undefined) return value
  throw new UserError(`--values has '${text}', wanted a ${kind.name} as the first of them is`)
}

const facts = ({seed}: Simulation, replications: number, end: number): string[] => [
  `seeds ${seed} to ${seed + replications - 1}`,
  `${inWords(toSeconds(end))} simulated`,
  'the same traffic for all',
]
