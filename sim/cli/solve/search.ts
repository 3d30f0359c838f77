import type {Quest, Tried} from '../../experiment/solve.ts'
import {solve} from '../../experiment/solve.ts'
import {longest} from '../../scenario/quantity.ts'
import {UserError} from '../user-error.ts'
import {type Means, TooShort, type TrialOptions, Trials} from './trials.ts'

/** All that was tried, and the runs behind it. */
export interface Search {
  readonly tried: readonly Tried[]
  readonly trials: Trials
}

const mostRaises = 16

/**
 * Searches with runs that are as long as the scenario's; if the release of some value does not come to its end in them, all
 * over again with longer ones, for what happens in runs of one length only can be compared.
 */
export async function search(
  quest: Quest,
  means: Means,
  options: TrialOptions,
  values?: readonly number[],
): Promise<Search> {
  let {end} = means.simulation.scenario.world
  for (let raises = 0; ; raises++) {
    const trials = new Trials(means, {...options, isEndFixed: options.isEndFixed || raises === mostRaises}, end)
    try {
      const attempt = (some: readonly number[]) => trials.attempt(some)
      const tried = values === undefined ? await solve(quest, attempt) : await attempt(values)
      if (tried.every(({refused}) => refused !== undefined))
        throw new UserError(`nothing was run: ${tried[0]!.refused}`)
      return {tried, trials}
    } catch (error) {
      if (!(error instanceof TooShort)) throw error
      end = Math.min(longest, Math.ceil((end * 1.5) / 60e6) * 60e6)
    }
  }
}
