import {describe, expect, test} from 'vitest'
import {type Distribution, exponential, fixed, lognormal, pareto} from '../../sim/engine/distributions.ts'
import {hours, minutes, seconds, toSeconds} from '../../sim/engine/time.ts'
import {l4lb, play, proxies, release, servers, uploads, websockets} from '../harness.ts'
import {agree, binomialDeviation} from './statistics.ts'
import {watch} from './watch.ts'

const mean = minutes(10)

/**
 * A drain is judged by what is left of the connections that are there when it begins, and a long one is more likely to
 * be there: D minutes cut (1 / mean) ∫ survival from D to infinity. The numbers are rounded as they are printed.
 */
const table: [name: string, law: Distribution, drainThatLeaves: string, cutAfter: string][] = [
  // The drains that leave 50, 10, 1 and 0.1 % to be cut; what 10 and 60 minutes cut, in percent.
  ['fixed', fixed(mean), '5.0m 9.0m 9.9m 10.0m', '0 0'],
  ['exponential', exponential(mean), '6.9m 23.0m 46.1m 69.1m', '36.8 0.25'],
  ['lognormal, sigma 1', lognormal({mean, sigma: 1}), '6.9m 31.9m 102m 231m', '38.3 3.2'],
  ['lognormal, sigma 2', lognormal({mean, sigma: 2}), '28.7m 451m 67h 13.6d', '68.3 36.8'],
  ['Pareto, shape 2.5', pareto({mean, shape: 2.5}), '5.0m 15.1m 70.2m 326m', '18.6 1.3'],
  ['Pareto, shape 1.5', pareto({mean, shape: 1.5}), '5.9m 148m 10.3d 2.8y', '38.5 15.7'],
]

const units = {m: minutes(1), h: hours(1), d: hours(24), y: hours(24 * 365)} as const
const digitsOf = (printed: string) => printed.split('.')[1]?.length ?? 0

describe.each(table)('connections of ten minutes on average, %s', (_, law, drains, cuts) => {
  test('the drains that leave 50, 10, 1 and 0.1 % are those of the table', () => {
    for (const [i, share] of [0.5, 0.1, 0.01, 0.001].entries()) {
      const [, number, unit] = /^([\d.]+)([mhdy])$/.exec(drains.split(' ')[i]!)!
      const got = drainFor(law, share) / units[unit as keyof typeof units]
      expect(got.toFixed(digitsOf(number!))).toBe(number)
    }
  })

  test.each([10, 60])('a drain of %d minutes cuts what the table says', long => {
    const printed = cuts.split(' ')[long === 10 ? 0 : 1]!
    const share = law.residualSurvival(minutes(long))
    expect((100 * share).toFixed(digitsOf(printed))).toBe(printed)

    // Each of some 10,000 connections on the host is cut with that chance: for 36.8 % that is 3,680 ± 48 (binomial).
    // If connections began their lives with the run, survival(10 min) would be cut: 30.9 % instead of 38.3 % (lognormal
    // 1), 27.9 % instead of 18.6 % (Pareto 2.5), 19.2 % instead of 38.5 % (Pareto 1.5): fifteen standard deviations off.
    const {there, broken} = drainOneHost(law, minutes(long))
    expect(there).toBeGreaterThan(9_000)
    if (share === 0) expect(broken).toBe(0)
    else agree(broken, there * share, binomialDeviation(there, share))
  })
})

test('a restart of a server hits rate × E[(S - D)+] uploads, S for how long they last and D for the drain', () => {
  // For lognormal uploads of 40 s (sigma 1) at 500 per second to each of two hosts, E[(S - 12 s)+] = 40 s × 0.731 = 29.2 s:
  // 14,620 uploads are cut at the end of the drain, ± 121 (Poisson, for uploads come at random).
  const law = lognormal({mean: seconds(40), sigma: 1})
  const drainTimeout = seconds(12)
  const report = play({
    end: seconds(40),
    tiers: {app: servers(2, {behind: l4lb()})},
    traffic: {post: uploads('app', 1_000, {duration: law})},
    release: [release('app', 'graceful-drain', {batch: 1, drainTimeout, settle: 0, pause: hours(1)})],
  })
  const wanted = 500 * toSeconds(law.mean) * law.residualSurvival(drainTimeout)
  agree(report.traffic.post!.causes['killed-at-drain-end']!, wanted, Math.sqrt(wanted))
})

/**
 * How many connections the first of two hosts has when it begins to drain, and how many of them are cut at the end. From
 * that first instant on it is out of rotation, and no new connection comes to it.
 */
function drainOneHost(law: Distribution, drainTimeout: number): {there: number; broken: number} {
  let there = 0
  let broken = 0
  watch(
    {
      end: drainTimeout + seconds(20),
      tiers: {edge: proxies(2)},
      traffic: {chat: websockets('edge', 20_000, law)},
      release: [release('edge', 'graceful-drain', {batch: 1, drainTimeout, settle: 0, pause: hours(1)})],
    },
    1,
    world => ({
      control: (_at, event) => {
        if (event.kind !== 'process' || event.state !== 'draining') return
        there = world().fleet('edge').hosts[0]!.connections
      },
      closed: (...[, , , , how]) => {
        if (how === 'broken') broken++
      },
    }),
  )
  return {there, broken}
}

/** The drain that leaves a share of the connections to be cut. */
function drainFor(law: Distribution, share: number): number {
  let [short, long] = [0, 1e18]
  for (let i = 0; i < 100; i++) {
    const middle = (short + long) / 2
    if (law.residualSurvival(middle) > share) short = middle
    else long = middle
  }
  return long
}
