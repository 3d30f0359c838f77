import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {exponential} from '../sim/engine/distributions.ts'
import {minutes, seconds} from '../sim/engine/time.ts'
import {strategies} from '../sim/strategies/index.ts'
import type {Strategy} from '../sim/strategies/strategy.ts'
import {canary} from './fixtures/canary.ts'
import {play, proxies, release, websockets} from './harness.ts'
import {laws} from './laws.ts'

/**
 * LAWS_RUNS random scenarios for each law, strategy and seed; LAWS_SEED is one seed or several, with commas between.
 * LAWS_PATH repeats one failure alone.
 */
const {LAWS_RUNS: runs = '20', LAWS_SEED: seed = '1', LAWS_PATH: path} = process.env
const numRuns = Number(runs)
const given = seed.split(',').map(Number)

describe.each([...strategies, canary] as Strategy[])('under $name', strategy => {
  for (const {name, property} of laws.filter(({of}) => of === undefined || of(strategy)))
    test(name, () => {
      for (const seed of given) {
        const parameters = path === undefined ? {seed, numRuns} : {seed, numRuns, path, endOnFailure: true}
        const verdict = fc.check(property(strategy), parameters)
        if (!verdict.failed) continue
        const repeat = `LAWS_SEED=${seed} LAWS_PATH=${verdict.counterexamplePath} npx vitest run test/laws.test.ts -t '${name}'`
        throw new Error(`${fc.defaultReportMessage(verdict)}\n\nTo repeat it: ${repeat}`, {
          cause: verdict.errorInstance,
        })
      }
    })
})

describe('over many seeds', () => {
  /** Sessions of 20 s on average, restarted host by host; a drain of 20 s leaves exp(-20/20) = 37 % of a host's to be cut. */
  const cut = (strategy: string, seed: number): number => {
    const chat = websockets('edge', 200, exponential(seconds(20)))
    const drain = release('edge', strategy, {batch: 1, drainTimeout: seconds(20)})
    const report = play({end: minutes(3), tiers: {edge: proxies(4)}, traffic: {chat}, release: [drain]}, seed)
    return report.traffic.chat!.reset
  }

  test('a hard restart cuts more long-lived connections than a graceful drain as long as they live', () => {
    // If each were as likely as the other to cut more, it would be the same one 40 times in 40 with a chance of 2^-39:
    // the confidence is better than 1 - 10^-11.
    for (let k = 0; k < 40; k++) {
      const seed = given[0]! + k
      expect(cut('hard-restart', seed), `with seed ${seed}`).toBeGreaterThan(cut('graceful-drain', seed))
    }
  })
})
