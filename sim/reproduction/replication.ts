import {run} from '../run.ts'
import type {Scenario} from '../scenario/scenario.ts'
import {Observed} from './observed.ts'
import type {Arm, Reading, Target} from './target.ts'

/** Gives a shipped scenario by its name, with overrides as after `--set`. */
export type Open = (scenario: string, overrides: readonly string[]) => Scenario

/** The runs of one target with one seed, and what they show. The same seed gives the same reading. */
export function replicate(target: Target, seed: number, open: Open): Reading {
  const runs = Object.entries(target.arms).map(([name, arm]) => [name, observe(arm, seed, open)] as const)
  return target.read(Object.fromEntries(runs), seed)
}

function observe({scenario, strategy, set = []}: Arm, seed: number, open: Open): Observed {
  const {report, trace} = run(open(scenario, set), {
    seed,
    trace: true,
    ...(strategy !== undefined && {replace: strategy}),
  })
  return new Observed(report, trace!)
}
