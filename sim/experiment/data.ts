import {Overrides} from '../scenario/overrides.ts'
import {readSource} from '../scenario/parse.ts'

export type Data = Readonly<Record<string, unknown>>

/** A scenario as plain data, with what is set over it; undefined if the text or what is set cannot be read. */
export function plainData(text: string, set: readonly string[]): Data | undefined {
  const source = readSource(text)
  if (!('root' in source) || typeof source.root !== 'object' || source.root === null) return undefined
  return new Overrides(source.root, set, readSource).refusals.length > 0 ? undefined : (source.root as Data)
}
