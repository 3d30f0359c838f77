import {type Checked, checkScenario} from '../../sim/scenario/check.ts'
import {sourceOf} from '../../sim/scenario/source.ts'
import {plainValue} from '../../sim/scenario/value.ts'
import {known} from '../../sim/strategies/index.ts'
import type {Source} from './messages.ts'
import {shippedDocument} from './shipped.ts'

/** The YAML parser is a third of all the code here, so it is fetched when there is something to parse. */
const parser = () => import('../../sim/scenario/parse.ts')

/** The scenario of a source, or what is wrong with it; undefined if none of that name is shipped. */
export async function checked({name, text, files = {}, sets}: Source): Promise<Checked | undefined> {
  const options = {
    file: `${name}.yaml`,
    name,
    strategies: known,
    overrides: sets,
    read: (path: string) => fileOf(files, path),
  }
  if (text !== undefined) return (await parser()).parseScenario(text, options)
  const document = await shippedDocument(name)
  if (document === undefined) return undefined
  if (sets.every(isPlain)) return checkScenario(sourceOf(document), options)
  return checkScenario(sourceOf(document), {...options, readValue: (await parser()).readSource})
}

function fileOf(files: Readonly<Record<string, string>>, path: string): string {
  if (Object.hasOwn(files, path)) return files[path]!
  throw new Error('a page reads no files but those that zdr view gives it')
}

const isPlain = (set: string): boolean => 'root' in plainValue(set.slice(set.indexOf('=') + 1))

/** The text of a source; undefined if it is to be a shipped one and none has that name. */
export const textOf = async ({name, text}: Source): Promise<string | undefined> =>
  text ?? (await import('./texts.ts')).shippedText(name)
