import {basename} from 'node:path'
import type {Plugin} from 'vite'
import type {Distribution} from '../../sim/engine/distributions.ts'
import {checkScenario} from '../../sim/scenario/check.ts'
import {readSource} from '../../sim/scenario/parse.ts'
import {sourceOf} from '../../sim/scenario/source.ts'
import {known} from '../../sim/strategies/index.ts'

/**
 * Scenarios as plain data, `root`, and checked, `scenario`, so that whoever imports one needs neither a parser nor checks.
 * With `?raw` the text is still to be had.
 */
export const scenarioData: Plugin = {
  name: 'scenario-data',
  transform: {
    filter: {id: /\.yaml$/},
    handler: (text, id) => ({code: moduleOf(text, id), map: null, moduleType: 'js'}),
  },
}

function moduleOf(text: string, id: string): string {
  const file = basename(id)
  const source = readSource(text)
  if (!('root' in source)) throw new Error(`${id}:${source[0]!.line}: found ${source[0]!.found}`)
  const checked = checkScenario(sourceOf(source.root), {file, name: basename(id, '.yaml'), strategies: known})
  if ('errors' in checked) throw new Error(`${id}: found ${checked.errors[0]!.found} at ${checked.errors[0]!.path}`)
  return [
    "import * as laws from '../sim/engine/distributions.ts'",
    `export const root = ${JSON.stringify(source.root)}`,
    `export const scenario = ${written(checked.scenario)}`,
  ].join('\n')
}

/** Data as an expression of JavaScript, in which laws are made again by whoever made them. */
export function written(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'function') throw new Error(`nobody can write ${value}`)
  if (typeof value !== 'object' || value === null) return String(value)
  if (Array.isArray(value)) return `[${value.map(written).join()}]`
  if ('sample' in value) return lawWritten(value as Distribution)
  return `{${Object.entries(value).map(([key, it]) => `${JSON.stringify(key)}:${written(it)}`)}}`
}

const lawWritten = ({kind, given}: Distribution): string =>
  kind === 'forever' ? 'laws.forever' : `laws.${kind}(${given.map(written)})`
