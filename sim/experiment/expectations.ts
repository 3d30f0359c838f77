import {judged} from '../metrics/expect.ts'
import type {Scenario} from '../scenario/scenario.ts'
import {expectedUnder} from '../simulate.ts'
import type {Replicated} from './comparison.ts'
import {numberIn} from './row.ts'

/** Something that a scenario expects of one way, and where it is not met. */
export interface Expected {
  readonly path: string
  readonly wanted: string
  /** Places of the replications that do not meet it. */
  readonly unmet: readonly number[]
}

/** All that is expected of a way, which is the same in each replication. */
export function expectedOf({results}: Replicated, scenario: Scenario): Expected[] {
  const wishes = expectedUnder(results[0]!.strategies, scenario)
  return wishes.map(wish => {
    const reports = results.map(result => judged(numberIn(result, wish.path), wish))
    const unmet = reports.flatMap(({met}, i) => (met ? [] : i))
    return {path: wish.path, wanted: reports[0]!.wanted, unmet}
  })
}
