import type {Scenario} from './scenario/scenario.ts'
import {classics, known, presets, strategies} from './strategies/index.ts'
import {canRelease, type Strategy} from './strategies/strategy.ts'
import {asWritten} from './words/as-written.ts'

/** One of the ways of releasing that a comparison lays side by side. */
export interface Way {
  /** What its column is called: the name of the strategy, or `as written`. */
  readonly label: string
  /** The strategy that takes the place of the scenario's own, as `run` has it; absent where all is as written. */
  readonly replace?: string
}

/**
 * What a comparison shows unless it is told: the classics that suit a released tier, and the scenario's own way. That is
 * a column `as written` where its tiers are released by different strategies, and all there is where it releases none.
 * A scenario that expects something of presets is about those systems, and is compared with them instead; one that
 * changes a schema, with the other ways of doing so.
 */
export function usualWays(scenario: Scenario): readonly Way[] {
  const [own, ...others] = new Set(scenario.releases.map(({strategy}) => strategy))
  const isSingle = own !== undefined && others.length === 0
  const rivals = rivalsIn(scenario, isSingle ? own : undefined)
  const usual = known.filter(it => (rivals.includes(it) && suits(it, scenario)) || (isSingle && it.name === own))
  const ways = usual.map(({name}) => ({label: name, replace: name}))
  return isSingle ? ways : [{label: asWritten}, ...ways]
}

/** Whom the scenario's own way is measured against. */
function rivalsIn({expect}: Scenario, own: string | undefined): readonly Strategy[] {
  const named = presets.filter(({name}) => expect.some(({under}) => under === name))
  if (named.length > 0) return named
  const migrations = strategies.filter(({needs}) => needs === 'database')
  return migrations.some(({name}) => name === own) ? migrations : classics
}

/** Whether a scenario releases a tier of a kind that the strategy can release. */
export const suits = (strategy: Strategy, {releases, world}: Scenario): boolean =>
  releases.some(({tier}) => canRelease(strategy, tier, world.tiers))
