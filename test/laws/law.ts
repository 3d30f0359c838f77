import fc from 'fast-check'
import type {Report} from '../../sim/metrics/report.ts'
import {run} from '../../sim/run.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {strategies} from '../../sim/strategies/index.ts'
import type {Strategy} from '../../sim/strategies/strategy.ts'
import type {Trace} from '../../sim/trace/trace.ts'
import {scenarios, seeds, type Troubles} from '../arbitrary/scenario.ts'
import {Auditor} from '../auditor.ts'

/** What holds for every strategy, in every world and by every seed, under a condition that it states itself. */
export interface Law {
  /** A sentence. */
  readonly name: string
  /** The strategies that it speaks of; all, if it does not say. */
  readonly of?: (strategy: Strategy) => boolean
  readonly property: (strategy: Strategy) => fc.IProperty<[Scenario, number]>
}

/** One run, with everything that it left behind. */
export interface Played {
  readonly scenario: Scenario
  readonly seed: number
  readonly strategy: Strategy
  readonly report: Report
  readonly trace: Trace
  readonly auditor: Auditor
}

export interface Condition {
  /** What must not happen, for the law to hold. */
  readonly troubles?: Partial<Troubles>
  readonly of?: Law['of']
  /** What is done to a random scenario before it is run. */
  readonly but?: (scenario: Scenario) => Scenario
}

/** A law on single runs: `holds` throws if this one breaks it. */
export function law(name: string, holds: (played: Played) => void, {troubles, of, but}: Condition = {}): Law {
  const property = (strategy: Strategy) =>
    fc.property(scenarios(strategy, troubles), seeds, (scenario, seed) => {
      holds(play(strategy, but === undefined ? scenario : but(scenario), seed))
    })
  return of === undefined ? {name, property} : {name, of, property}
}

const remembered = new Map<string, Played>()

/** Plays a scenario under a strategy, in all its releases. The last runs are kept, for many laws ask about the same. */
export function play(strategy: Strategy, scenario: Scenario, seed: number): Played {
  const key = `${strategy.name} ${seed} ${fc.stringify(scenario)}`
  const played = remembered.get(key) ?? playAnew(strategy, scenario, seed)
  remembered.delete(key)
  remembered.set(key, played)
  if (remembered.size > 300) remembered.delete(remembered.keys().next().value!)
  return played
}

function playAnew(strategy: Strategy, scenario: Scenario, seed: number): Played {
  const auditor = new Auditor()
  const {report, trace} = run(scenario, {...under(strategy), seed, trace: true, witnesses: [auditor]})
  return {scenario, seed, strategy, report, trace: trace!, auditor}
}

/** Options of a run in which a strategy, shipped or not, takes the place of every other. */
export const under = (strategy: Strategy) => ({strategies: [...strategies, strategy], replace: strategy.name})
