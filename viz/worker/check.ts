import {checkScenario} from '../../sim/scenario/check.ts'
import {type Source as Document, sourceOf} from '../../sim/scenario/source.ts'
import {plainValue} from '../../sim/scenario/value.ts'
import {known} from '../../sim/strategies/index.ts'
import type {Source} from './messages.ts'
import type {Found} from './scenario.ts'
import {shipped} from './shipped.ts'

/** The YAML parser is twice all else here, so it is fetched when there is something to parse. */
const parser = () => import('../../sim/scenario/parse.ts')

/** The scenario of a source, or what is wrong with it; undefined if none of that name is shipped. */
export async function check(source: Source): Promise<Found | undefined> {
  const file = `${source.name}.yaml`
  const document = source.text === undefined ? await parsed(source.name) : (await parser()).readSource(source.text)
  if (document === undefined) return undefined
  if (!('root' in document)) return {errors: document.map(finding => ({file, ...finding}))}
  const readValue = source.sets.every(isPlain) ? plainValue : (await parser()).readSource
  const read = (path: string) => fileOf(source, path)
  const about = {file, name: source.name, strategies: known, overrides: source.sets}
  const result = checkScenario(document, {...about, read, readValue})
  return 'errors' in result ? result : {...result, root: document.root}
}

async function parsed(name: string): Promise<Document | undefined> {
  const found = await shipped(name)
  return found && sourceOf(found.root)
}

function fileOf({files = {}}: Source, path: string): string {
  if (Object.hasOwn(files, path)) return files[path]!
  throw new Error('it was not given to this page with the scenario')
}

const isPlain = (set: string): boolean => 'root' in plainValue(set.slice(set.indexOf('=') + 1))
