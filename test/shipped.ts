import {readFileSync} from 'node:fs'
import {parseScenario} from '../sim/scenario/parse.ts'
import type {Scenario} from '../sim/scenario/scenario.ts'
import {known} from '../sim/strategies/index.ts'

export const shippedText = (name: string): string => readFileSync(`scenarios/${name}.yaml`, 'utf8')

/** A scenario that is shipped, by its name, with overrides as after `--set`. */
export function shipped(name: string, overrides: readonly string[] = []): Scenario {
  const file = `scenarios/${name}.yaml`
  const parsed = parseScenario(shippedText(name), {file, name, strategies: known, overrides})
  if ('errors' in parsed) throw new Error(JSON.stringify(parsed.errors))
  return parsed.scenario
}
