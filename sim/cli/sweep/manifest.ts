import assert from 'node:assert/strict'
import type {Ask} from '../../experiment/plan.ts'
import {version} from '../../trace/version.ts'
import {UserError} from '../user-error.ts'
import type {Shard} from './shard.ts'

/** What is asked of a folder. */
export interface Manifest {
  readonly version: string
  readonly ask: Ask
  /** Where only a part of it was asked for. */
  readonly shard?: Shard
}

export const manifestOf = (ask: Ask, shard?: Shard): Manifest => ({version, ask, ...(shard && {shard})})

const schema = 'zdr-sweep/1'

/** To be read by people as well: what was asked comes first, and texts are lists of their lines. */
export function manifestText({version, ask, shard}: Manifest): string {
  const {scenario, ...asked} = ask
  const {text, data, ...about} = scenario
  const files = Object.fromEntries(Object.entries(data).map(([path, text]) => [path, text.split('\n')]))
  const all = {
    schema,
    version,
    ...(shard && {shard}),
    ...asked,
    scenario: {...about, text: text.split('\n'), data: files},
  }
  return `${JSON.stringify(all, null, 2)}\n`
}

/** Throws a UserError if the text is none; `path` is what it calls the file. */
export function manifestIn(text: string, path: string): Manifest {
  try {
    return readManifest(JSON.parse(text))
  } catch {
    throw new UserError(
      `${path} is damaged: it does not say what was asked\nthe rows beside it are kept; without that file the same command goes on`,
    )
  }
}

type Stored = Record<string, unknown> & {readonly scenario: Record<string, unknown>}

/** Throws at what a manifest does not have. */
function readManifest({schema: found, version, shard, scenario, ...asked}: Stored): Manifest {
  const {text, data, ...about} = scenario
  assert(found === schema && typeof version === 'string' && typeof asked.design === 'string')
  assert(isNumber(asked.seed) && isNumber(asked.replications))
  for (const list of [asked.set, asked.vary, asked.strategies, asked.measures]) assert(Array.isArray(list))
  const files = Object.entries(data as object).map(([path, lines]) => [path, joined(lines)])
  const whole = {...about, text: joined(text), data: Object.fromEntries(files)}
  const part = shard === undefined ? {} : {shard: shard as Shard}
  return {version, ask: {...asked, scenario: whole} as unknown as Ask, ...part}
}

const isNumber = (value: unknown): value is number => typeof value === 'number'

function joined(lines: unknown): string {
  assert(Array.isArray(lines))
  return lines.join('\n')
}
