import {describe, expect, test} from 'vitest'
import {fixed} from '../../sim/engine/distributions.ts'
import {millis, minutes, seconds} from '../../sim/engine/time.ts'
import {critical, distance} from '../engine/kolmogorov-smirnov.ts'
import {l4lb, proxies, release} from '../harness.ts'
import {confidence} from './statistics.ts'
import {watch} from './watch.ts'

/** Observers of one host, each with a phase of its own. */
const observers = 500

/**
 * How long each of them took to take a host out that says it is not well, and to take it back once it is. The boot is no
 * multiple of the intervals below, so that the second phase has nothing to do with the first.
 */
function changes(options: {interval: number; fall: number; rise: number}): {down: number[]; up: number[]} {
  const [down, up]: [number[], number[]] = [[], []]
  let changedAt = 0
  watch(
    {
      end: minutes(2),
      tiers: {
        edge: proxies(2, {
          boot: {time: fixed(millis(3_142)), cores: 0, warmup: 0, slowdown: 1},
          behind: l4lb({hosts: observers, probe: {...options, timeout: seconds(5), phase: 'random'}}),
        }),
      },
      release: [release('edge', 'graceful-drain', {batch: 1, drainTimeout: 0, pause: minutes(10)})],
    },
    1,
    {
      control: (at, event) => {
        if (event.kind === 'health') changedAt = at
        if (event.kind === 'rotate') (event.into ? up : down).push(at - changedAt)
      },
    },
  )
  return {down, up}
}

describe.each([
  {interval: seconds(1), fall: 2, rise: 2},
  {interval: seconds(2), fall: 3, rise: 5},
  {interval: seconds(5), fall: 1, rise: 1},
])('probes every $interval µs with a fall of $fall and a rise of $rise', ({interval, fall, rise}) => {
  test('take a host out after fall - 1 to fall intervals, and in after rise - 1 to rise', () => {
    // The first probe after the change comes within an interval, the k-th k - 1 intervals later. The largest distance of
    // 500 samples from that law is below √(-ln(5e-7) / 1,000) = 0.12 with a chance of 1 - 1e-6, so that a window shifted
    // by an eighth of an interval would show. No probe takes any time, for a host that says "no" answers.
    const {down, up} = changes({interval, fall, rise})
    follows(down, fall)
    follows(up, rise)
  })

  function follows(samples: readonly number[], k: number): void {
    const survival = (x: number) => Math.min(1, Math.max(0, k - x / interval))
    expect(samples.length).toBe(observers)
    expect(distance(samples, survival)).toBeLessThan(critical(observers, confidence))
  }
})
