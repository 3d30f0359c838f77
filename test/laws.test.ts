import fc from 'fast-check'
import {describe, test} from 'vitest'
import {strategies} from '../sim/strategies/index.ts'
import type {Strategy} from '../sim/strategies/strategy.ts'
import {canary} from './fixtures/canary.ts'
import {laws} from './laws.ts'

/** LAWS_RUNS random scenarios for each law and strategy, from LAWS_SEED on; LAWS_PATH repeats a failure alone. */
const {LAWS_RUNS: runs = '20', LAWS_SEED: seed = '1', LAWS_PATH: path} = process.env
const parameters = {
  numRuns: Number(runs),
  seed: Number(seed),
  ...(path === undefined ? {} : {path, endOnFailure: true}),
}

describe.each([...strategies, canary] as Strategy[])('under $name', strategy => {
  for (const {name, of, property} of laws)
    test.runIf(of === undefined || of(strategy))(name, () => {
      const verdict = fc.check(property(strategy), parameters)
      if (!verdict.failed) return
      const repeat = `LAWS_SEED=${seed} LAWS_PATH=${verdict.counterexamplePath} npx vitest run test/laws.test.ts -t '${name}'`
      throw new Error(`${fc.defaultReportMessage(verdict)}\n\nTo repeat it: ${repeat}`, {cause: verdict.errorInstance})
    })
})
