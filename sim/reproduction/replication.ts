import {run} from '../run.ts'
import type {Scenario} from '../scenario/scenario.ts'
import {Observed} from './observed.ts'
import type {Arm, Reading, Target} from './target.ts'

/** Gives a shipped scenario by its name, with overrides as after `--set`. */
export type Open = (scenario: string, overrides: readonly string[]) => Scenario

/**
 * The runs of some targets with one seed, and what they show of each. Whatever two of them compare is run once. The same
 * seed gives the same readings.
 */
export function replicate(targets: readonly Target[], seed: number, open: Open): Reading[] {
  const known = new Map<string, Observed>()
  return targets.map(target => {
    const runs = Object.entries(target.arms).map(([name, arm]) => {
      const key = keyOf(arm)
      const observed = known.get(key) ?? observe(arm, seed, open)
      known.set(key, observed)
      return [name, observed] as const
    })
    return target.read(Object.fromEntries(runs), seed)
  })
}

/** Targets that have runs in common, directly or by way of others, belong to one family; families are in their order. */
export function families(targets: readonly Target[]): Target[][] {
  const found: Target[][] = []
  for (const target of targets) {
    const related = found.filter(family => family.some(it => shareRuns(it, target)))
    const merged = [...related.flat(), target]
    const place = related.length === 0 ? found.length : found.indexOf(related[0]!)
    found[place] = merged
    for (const family of related.slice(1)) found.splice(found.indexOf(family), 1)
  }
  return found
}

function shareRuns(one: Target, other: Target): boolean {
  const keys = Object.values(one.arms).map(keyOf)
  return Object.values(other.arms).some(arm => keys.includes(keyOf(arm)))
}

const keyOf = ({scenario, strategy = '', set = []}: Arm): string => [scenario, strategy, ...set].join(' ')

function observe({scenario, strategy, set = []}: Arm, seed: number, open: Open): Observed {
  const {report, trace} = run(open(scenario, set), {
    seed,
    trace: true,
    ...(strategy !== undefined && {replace: strategy}),
  })
  return new Observed(report, trace!)
}
