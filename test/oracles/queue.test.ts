import {beforeAll, describe, expect, test} from 'vitest'
import {exponential} from '../../sim/engine/distributions.ts'
import {millis, seconds, toSeconds} from '../../sim/engine/time.ts'
import {http, l4lb, servers} from '../harness.ts'
import {agree, batchMeans, deviationOf, mean} from './statistics.ts'
import {watch} from './watch.ts'

/**
 * Waits of one queue are correlated, so their standard error comes from the means of 100 stretches, each hundreds of
 * times as long as the queue remembers. Student's t with 99 degrees exceeds 5.5 with a chance of 3e-7.
 */
const batches = 100
const limit = 5.5
const serviceRate = 100

/** How long each request of one host of `cores` cores took, in seconds, in the order of their ends. */
function sojourns(cores: number, perSecond: number, end: number): number[] {
  const took: number[] = []
  const traffic = {api: http('app', perSecond, {service: exponential(millis(1000 / serviceRate))})}
  const tiers = {app: servers(1, {cores, behind: l4lb()})}
  watch({end, tiers, traffic}, 1, {ended: (...[, , , , , , duration]) => took.push(toSeconds(duration))})
  // The queue is empty at first: the first hundredth of the run, some hundred times its memory, is left out.
  return took.slice(Math.round(took.length / 100))
}

/** `precision`: the standard error, as a share of the number, that the test must reach to be worth something. */
function holds(values: readonly number[], wanted: number, precision: number): void {
  const means = batchMeans(values, batches)
  const error = deviationOf(means) / Math.sqrt(batches)
  expect(error / wanted).toBeLessThan(precision)
  agree(mean(means), wanted, error, limit)
}

const waits = (took: readonly number[]) => took.map(x => x - 1 / serviceRate)

describe('M/M/1 at 70 requests per second of 10 ms', () => {
  let took: number[] = []
  beforeAll(() => {
    took = sojourns(1, 70, seconds(7_000))
  })

  test('a request waits 23.3 ms on average', () => {
    // λ = 70, μ = 100: it takes 1 / (μ - λ) = 33.3 ms, of which it waits 33.3 - 10. With a standard error of about
    // 1 %, services of a fixed length (11.7 ms) or two cores (1.4 ms) would be off by thirty standard errors.
    holds(waits(took), 1 / 30 - 1 / serviceRate, 0.02)
  })

  test.each([0.5, 0.1, 0.01])('a share of %d takes longer than the quantile of an exponential law', share => {
    // From arrival to answer it is exponential with mean 1 / (μ - λ): a share p takes longer than -ln p / 30 s.
    const quantile = -Math.log(share) / 30
    holds(
      took.map(x => (x > quantile ? 1 : 0)),
      share,
      0.1,
    )
  })
})

describe('M/M/4 at 320 requests per second of 10 ms', () => {
  test('a request waits 7.46 ms on average', () => {
    // Erlang's C for 4 cores and a load of 3.2 is 0.5964, so the wait is 0.5964 / (400 - 320) = 7.46 ms. Four queues of
    // their own would make it 0.8 / (100 - 80) = 40 ms, one core four times as fast 0.8 / (400 - 320) = 10 ms.
    const took = sojourns(4, 320, seconds(1_800))
    const wait = erlangC(4, 3.2) / (4 * serviceRate - 320)
    expect(wait).toBeCloseTo(0.007455, 6)
    holds(waits(took), wait, 0.03)
  })
})

/** The chance that all `cores` are busy under a load of so many busy cores (Erlang 1917). */
function erlangC(cores: number, load: number): number {
  let blocked = 1
  for (let k = 1; k <= cores; k++) blocked = (load * blocked) / (k + load * blocked)
  return blocked / (1 - (load / cores) * (1 - blocked))
}
