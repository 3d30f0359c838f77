import type {Distribution} from '../engine/distributions.ts'
import type {Duration} from '../engine/time.ts'

/**
 * An option of a strategy: its kind says how scenario files write it, its default what happens without it.
 * Durations are microseconds (Infinity, written `none`, is for ever); a batch is a fraction of the fleet or a count, which
 * may be 0 where it says so; a count is a whole number from 1; a law is drawn from, and its text is the default as a file spells it.
 */
export type Option =
  | {readonly kind: 'duration'; readonly default: Duration; readonly about: string}
  | {readonly kind: 'batch'; readonly default: BatchSize; readonly about: string; readonly least?: 0}
  | {readonly kind: 'law'; readonly default: Distribution; readonly text: string; readonly about: string}
  | {readonly kind: 'count'; readonly default: number; readonly about: string}
  | {readonly kind: 'flag'; readonly default: boolean; readonly about: string}
  | {readonly kind: 'choice'; readonly default: string; readonly choices: readonly string[]; readonly about: string}

/** Below 1 a fraction of the hosts; from 1 a number of hosts; '100%' is written as Infinity. */
export type BatchSize = number

export type Options = Readonly<Record<string, Option>>
/** What `release` receives: the scenario's values over the defaults. */
export type Values<O extends Options> = {readonly [K in keyof O]: O[K]['default']}

export const duration = (value: Duration, about: string) => ({kind: 'duration', default: value, about}) as const
export const batch = (value: BatchSize, about: string) => ({kind: 'batch', default: value, about}) as const
export const share = (value: BatchSize, about: string) => ({kind: 'batch', default: value, about, least: 0}) as const
export const law = (value: Distribution, text: string, about: string) =>
  ({kind: 'law', default: value, text, about}) as const
export const count = (value: number, about: string) => ({kind: 'count', default: value, about}) as const
export const flag = (value: boolean, about: string) => ({kind: 'flag', default: value as boolean, about}) as const
export const choice = <C extends string>(value: C, choices: readonly C[], about: string) =>
  ({kind: 'choice', default: value as C, choices, about}) as const
