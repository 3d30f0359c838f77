import type {ScenarioError} from '../../sim/scenario/error.ts'
import type {Source} from './messages.ts'
import {type Parsed, shipped} from './shipped.ts'

export type Found = Parsed | {readonly errors: readonly ScenarioError[]}

/**
 * The scenario of a source, or what is wrong with it; undefined if none of that name is shipped. All that checks one is
 * fetched when somebody has written or set something.
 */
export async function scenarioOf(source: Source): Promise<Found | undefined> {
  if (source.text === undefined && source.sets.length === 0) return shipped(source.name)
  return (await import('./check.ts')).check(source)
}

/** The text of a source; undefined if it is to be a shipped one and none has that name. */
export const textOf = async ({name, text}: Source): Promise<string | undefined> =>
  text ?? (await import('./texts.ts')).shippedText(name)
