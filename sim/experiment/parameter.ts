import {defaultText} from '../scenario/default-text.ts'
import type {Strategy} from '../strategies/strategy.ts'
import type {Data} from './data.ts'

/**
 * What stands at a path of a scenario, as it is written there. Of an option of a release that is not there it is the
 * default of its strategy, which is the one in `strategies` that the scenario names, or `replaced`; undefined if neither tells.
 */
export function valueAt(
  data: Data,
  path: string,
  strategies: readonly Strategy[],
  replaced: string | undefined,
): string | undefined {
  const found = path.split('.').reduce<unknown>((at, step) => (isMap(at) ? at[step] : undefined), data)
  if (typeof found === 'string' || typeof found === 'number') return String(found)
  const [, tier, name] = /^release\.(.+)\.options\.([^.]+)$/.exec(path) ?? []
  if (found !== undefined || tier === undefined || name === undefined) return undefined
  const release = isMap(data.release) ? data.release[tier] : undefined
  const strategy = strategies.find(it => it.name === (replaced ?? (isMap(release) ? release.strategy : undefined)))
  const option = strategy?.options[name]
  return option && defaultText(option)
}

const isMap = (value: unknown): value is Data => typeof value === 'object' && value !== null
