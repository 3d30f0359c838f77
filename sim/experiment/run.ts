import {assert} from '../engine/assert.ts'
import {run} from '../run.ts'
import {format} from '../scenario/error.ts'
import {parseScenario} from '../scenario/parse.ts'
import type {Scenario} from '../scenario/scenario.ts'
import {known} from '../strategies/index.ts'
import type {Strategy} from '../strategies/strategy.ts'
import {version} from '../trace/version.ts'
import type {Cell, ScenarioText} from './cell.ts'
import {type Result, resultOf} from './row.ts'

/** A cell's scenario is wrong, mostly because of what is set over it; the message has a line for each mistake. */
export class ScenarioMistake extends Error {
  override readonly name = 'ScenarioMistake'
}

/**
 * Makes the run of a cell. `own` is the strategy that it wants, where that is not a shipped one.
 *
 * Throws `ScenarioMistake`, and what `run` throws.
 */
export function runCell(cell: Cell, own?: Strategy): Result {
  assert(cell.version === version, `a cell of version ${cell.version} is run by version ${version}`)
  const strategies = own === undefined ? known : [...known, own]
  const scenario = scenarioOf(cell.scenario, cell.set, strategies)
  const replace = cell.strategy === null ? {} : {replace: cell.strategy.name}
  return resultOf(run(scenario, {strategies, seed: cell.seed, ...replace}).report)
}

function scenarioOf(
  {text, file, name, data}: ScenarioText,
  set: readonly string[],
  strategies: readonly Strategy[],
): Scenario {
  const read = (path: string) => {
    if (Object.hasOwn(data, path)) return data[path]!
    throw new Error('it did not come with the scenario')
  }
  const result = parseScenario(text, {file, name, strategies, read, overrides: set})
  if ('scenario' in result) return result.scenario
  throw new ScenarioMistake(result.errors.map(format).join('\n'))
}
