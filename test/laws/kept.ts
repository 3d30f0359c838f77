import fc from 'fast-check'
import {describe, test} from 'vitest'
import type {Strategy} from '../../sim/strategies/strategy.ts'
import {accounts} from './accounts.ts'
import {crowds} from './crowds.ts'
import {forks} from './forks.ts'
import type {Law} from './law.ts'
import {promises} from './promises.ts'
import {repetition} from './repetition.ts'
import {traces} from './traces.ts'

/** Written once, and applied to every strategy there is. */
const laws: readonly Law[] = [...accounts, ...repetition, ...crowds, ...forks, ...promises, ...traces]

/**
 * LAWS_RUNS random scenarios for each law, strategy and seed; LAWS_SEED is one seed or several, with commas between.
 * LAWS_PATH repeats one failure alone.
 */
const {LAWS_RUNS: runs = '4', LAWS_SEED: seed = '1', LAWS_PATH: path} = process.env
const numRuns = Number(runs)
export const lawSeeds = seed.split(',').map(Number)

/** Every law is kept under each of these strategies. */
export function areKept(strategies: readonly Strategy[]): void {
  describe.each(strategies)('under $name', strategy => {
    for (const {name, property} of laws.filter(({of}) => of === undefined || of(strategy)))
      test(name, () => {
        for (const seed of lawSeeds) isKept(name, property(strategy), seed)
      })
  })
}

function isKept(name: string, property: ReturnType<Law['property']>, seed: number): void {
  const parameters = path === undefined ? {seed, numRuns} : {seed, numRuns, path, endOnFailure: true}
  const verdict = fc.check(property, parameters)
  if (!verdict.failed) return
  const repeat = `LAWS_SEED=${seed} LAWS_PATH=${verdict.counterexamplePath} npx vitest run test/laws -t '${name}'`
  throw new Error(`${fc.defaultReportMessage(verdict)}\n\nTo repeat it: ${repeat}`, {cause: verdict.errorInstance})
}
