import {readFileSync} from 'node:fs'
import {parseScenario} from '../sim/scenario/parse.ts'
import type {Scenario} from '../sim/scenario/scenario.ts'
import {known} from '../sim/strategies/index.ts'

/** A scenario that is shipped, by its name, with overrides as after `--set`. */
export function shipped(name: string, overrides: readonly string[] = []): Scenario {
  const file = `scenarios/${name}.yaml`
  const parsed = parseScenario(readFileSync(file, 'utf8'), {file, name, strategies: known, overrides})
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors))
  return parsed.scenario
}
