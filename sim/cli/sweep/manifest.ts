import * as v from 'valibot'
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

const texts = v.array(v.string())
const whole = v.pipe(v.number(), v.safeInteger())
const choice = v.strictObject({word: v.string(), name: v.string(), digest: v.exactOptional(v.string())})
const scenario = v.strictObject({
  typed: v.string(),
  file: v.string(),
  name: v.string(),
  text: texts,
  data: v.record(v.string(), texts),
})
const stored = v.strictObject({
  schema: v.literal(schema),
  version: v.string(),
  shard: v.exactOptional(v.strictObject({part: whole, of: whole})),
  scenario,
  set: texts,
  vary: texts,
  design: v.string(),
  measures: texts,
  replications: v.pipe(whole, v.minValue(1)),
  seed: whole,
  strategies: v.pipe(v.array(v.nullable(choice)), v.minLength(1)),
})

/** Throws a UserError if the text is none; `path` is what it calls the file. */
export function manifestIn(text: string, path: string): Manifest {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), stored), text)
  if (result.success) return manifestFrom(result.output)
  throw new UserError(
    `${path} is damaged: it does not say what was asked\nthe rows beside it are kept; without that file the same command goes on`,
  )
}

function manifestFrom({schema: _, version, shard, scenario, ...asked}: v.InferOutput<typeof stored>): Manifest {
  const {text, data, ...about} = scenario
  const files = Object.entries(data).map(([path, lines]) => [path, lines.join('\n')])
  const ask: Ask = {...asked, scenario: {...about, text: text.join('\n'), data: Object.fromEntries(files)}}
  return {version, ask, ...(shard && {shard})}
}
