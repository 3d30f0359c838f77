import type {TierOptions, UpstreamOptions} from '../net/options.ts'
import type {Option, Options} from './option.ts'
import type {Strategy} from './strategy.ts'

/**
 * How a system is released that people run: a strategy under that system's name, with its values for the options, and
 * with what its configuration says of the tier itself. It can stand wherever a strategy can.
 */
export interface Preset extends Strategy {
  /** The strategy that it is an instance of. */
  readonly of: string
  /** Where its values are from. */
  readonly source: string
  /** The options that it sets. Where it replaces the strategy of a file, that file's values for them do not count. */
  readonly sets: readonly string[]
  /** Those of them, and of the tier's, that nobody looked up: told from memory. */
  readonly recalled: readonly string[]
  /** What it has the tier do, whatever the file says. */
  readonly tier: TierSettings
  /** What it has the proxies before the tier do, whatever the file says. */
  readonly before: ProxySettings
}

/** What of a tier belongs to how its program leaves connections. */
export type TierSettings = Partial<Pick<TierOptions, 'idleClose' | 'saysClose'>>

/** What of an upstream belongs to how its proxy takes it that nobody is there. */
export type ProxySettings = Partial<Pick<UpstreamOptions, 'tryDuration' | 'tryInterval' | 'retryIdempotent'>>

/** A value; of a law with the text that a file would have for it. */
type Setting<O extends Option> = O extends {kind: 'law'} ? {default: O['default']; text: string} : O['default']

interface About<O extends Options> {
  readonly summary: string
  readonly source: string
  readonly recalled?: readonly string[]
  readonly options: {readonly [K in keyof O]?: Setting<O[K]>}
  readonly tier?: TierSettings
  readonly before?: ProxySettings
}

/** A preset of that name; its options have the strategy's kinds and sentences, and its own defaults. */
export function preset<O extends Options>(name: string, strategy: Strategy<O>, about: About<O>): Preset {
  const {options, tier = {}, before = {}, recalled = [], ...words} = about
  const sets = Object.keys(options)
  const defaults = Object.entries(strategy.options).map(([key, option]) => [
    key,
    sets.includes(key)
      ? {...option, ...(option.kind === 'law' ? (options[key] as object) : {default: options[key]})}
      : option,
  ])
  const {suits} = strategy
  const needs = strategy.needs ?? ('before' in about ? 'proxies' : undefined)
  const told = {...words, name, of: strategy.name, suits, ...(needs && {needs}), sets, recalled, tier, before}
  return {...told, options: Object.fromEntries(defaults), release: strategy.release as Strategy['release']}
}

export const isPreset = (strategy: Strategy): strategy is Preset => 'of' in strategy
