import type {Ask} from '../../experiment/plan.ts'
import {commandLine} from '../failure.ts'
import {usualMeasures} from './shown.ts'

/** The command line that asks for the same, without what does not show in the results. */
export function askLine(ask: Ask, ...more: readonly string[]): string {
  const {scenario, vary, design, strategies, replications, seed, set, measures} = ask
  const ways = strategies.flatMap(it => it?.word ?? [])
  return commandLine([
    ...['sweep', scenario.typed, ...vary.flatMap(it => ['--vary', it])],
    ...(design === 'grid' ? [] : ['--design', design]),
    ...(ways.length === 0 ? [] : ['--strategies', ways.join(',')]),
    ...(replications === 1 ? [] : ['--replications', String(replications)]),
    ...['--seed', String(seed), ...set.flatMap(it => ['--set', it])],
    ...(measures.join() === usualMeasures.join() ? [] : ['--measures', measures.join(',')]),
    ...more,
  ])
}
