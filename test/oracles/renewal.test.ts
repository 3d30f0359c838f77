import {describe, expect, test} from 'vitest'
import {gamma} from '../../sim/engine/distributions.ts'
import {millis, minutes, seconds, type Time} from '../../sim/engine/time.ts'
import {brokers, http2, mqtt, proxies, release, upstream} from '../harness.ts'
import {agree, range} from './statistics.ts'
import {watch} from './watch.ts'

const users = 20_000
const life = minutes(1)
const breaks = seconds(10)
const after = 4 * life

/** When clients get new connections, if a fifth of their tunnels breaks at once and they are back a millisecond later. */
function acknowledged(shape: number, seed: number): {times: Time[]; cut: number} {
  const times: Time[] = []
  const {report} = watch(
    {
      end: breaks + after,
      tiers: {
        edge: proxies(10, {upstream: http2('origin')}),
        origin: proxies(5, {upstream: upstream('broker', {pick: 'consistent-hash'})}),
        broker: brokers(3),
      },
      traffic: {
        chat: mqtt('broker', users, {
          renewal: gamma({mean: life, shape}),
          reconnect: {base: millis(1), factor: 1, cap: millis(1), jitter: 'none'},
        }),
      },
      release: [release('origin', 'hard-restart', {batch: 1, canary: true}, breaks)],
    },
    seed,
    {opened: at => void (at > 0 && times.push(at))},
  )
  return {times, cut: report.traffic.chat!.causes['proxy-killed'] ?? 0}
}

describe('renewal theory', () => {
  test.each([2, 6])('says how many connections are missing after a batch was cut: shape %i', shape => {
    // Cox 1962, 4.3: a process that begins anew has T / L - (1 - CV^2) / 2 renewals in T, one in equilibrium T / L. In T
    // the count of one process has the variance CV^2 T / L + (1 + CV^2)^2 / 6 or so, and the lives are independent.
    const variation = 1 / shape
    for (const seed of range(2)) {
      const {times, cut} = acknowledged(shape, seed + 1)
      const begins = breaks + millis(500)
      const left = breaks + after - begins
      const wanted = (users * left) / life - ((1 - variation) / 2) * cut
      const deviation = Math.sqrt(users * (variation * (left / life) + 0.3))
      const got = times.filter(at => at >= begins).length
      agree(got, wanted, deviation)
      // The correction is no noise.
      expect(((1 - variation) / 2) * cut).toBeGreaterThan(4 * deviation)
    }
  })

  test('says that those who come at once are those that were cut: f L of baseline', () => {
    const {times, cut} = acknowledged(6, 1)
    const burst = times.filter(at => at >= breaks && at < breaks + millis(500)).length
    const usual = (users * millis(500)) / life
    expect(cut).toBeGreaterThan(0.1 * users)
    agree(burst, cut + usual, Math.sqrt(usual))
  })

  test('says that new connections come at a steady rate from the first moment on', () => {
    const {times} = acknowledged(6, 3)
    const early = times.filter(at => at < breaks).length
    agree(early, (users * breaks) / life, Math.sqrt((users * breaks) / life))
  })
})
