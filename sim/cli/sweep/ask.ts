import {suits} from '../../comparison.ts'
import type {Data} from '../../experiment/data.ts'
import {type Axis, axisOf} from '../../experiment/design/axis.ts'
import type {Ask} from '../../experiment/plan.ts'
import type {Scenario} from '../../scenario/scenario.ts'
import {strategies as shipped} from '../../strategies/index.ts'
import {Simulation, type Wanted} from '../simulation.ts'
import {UserError} from '../user-error.ts'
import {mistaken} from './plan.ts'
import {shownAs} from './shown.ts'
import {dataOf} from './sweep.ts'

export interface Typed {
  readonly scenario: string
  readonly vary: readonly string[]
  readonly design: string
  readonly measures: readonly string[]
  /** `all` stands for those that are shipped and suit. */
  readonly strategies: readonly string[]
  readonly replications: number
  readonly seed: number | undefined
  readonly set: readonly string[]
}

/** What was typed, with its files read and all that can be checked without a run. Throws a UserError. */
export async function askFor(typed: Typed): Promise<Ask> {
  const {scenario, vary, design, measures, strategies, replications, seed, set} = typed
  const axes = vary.map(text => mistaken(() => axisOf(text)))
  checkWays(axes, strategies)
  const isAll = strategies.includes('all')
  const simulation = await Simulation.prepare({scenario, strategies: isAll ? [] : strategies, seed, set})
  const ways = isAll ? allSuiting(simulation.scenario) : simulation.wanted
  for (const it of trials(axes)) simulation.check(it)
  const cells = (ways.length === 0 ? [undefined] : ways).map(way => simulation.cell(way))
  const ask = {
    ...{set, vary, design, measures, replications, seed: simulation.seed},
    strategies: cells.map(({strategy}) => strategy),
    scenario: cells[0]!.scenario,
  }
  for (const it of measures) checkMeasure(it, dataOf(ask))
  return ask
}

const allSuiting = (scenario: Scenario): Wanted[] =>
  shipped.filter(it => suits(it, scenario)).map(strategy => ({word: strategy.name, strategy}))

function checkMeasure(name: string, data: Data): void {
  const found = shownAs(name, data)
  if (typeof found === 'string') throw new UserError(`--measures: ${found}`)
}

function checkWays(axes: readonly Axis[], strategies: readonly string[]): void {
  const path = axes.map(({path}) => path).find(path => /^release\.[^.]+\.strategy$/.test(path))
  if (path !== undefined && strategies.length > 0)
    throw new UserError(`--vary ${path} and --strategies both say how to release: choose one`)
}

/** What to set to try each value once. */
function trials(axes: readonly Axis[]): string[][] {
  const first = axes.map(axis => `${axis.path}=${valuesOf(axis)[0]}`)
  const others = axes.flatMap((axis, i) => valuesOf(axis).map(value => first.with(i, `${axis.path}=${value}`)))
  return others.length === 0 ? [first] : others
}

/** Of a range its ends, or nearly. */
const valuesOf = ({levels, at}: Axis): readonly string[] => levels ?? [at(0), at(1 - 2 ** -20)]
