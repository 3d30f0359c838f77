import {expect, test} from 'vitest'
import {exponential} from '../../sim/engine/distributions.ts'
import {minutes, seconds} from '../../sim/engine/time.ts'
import {play, proxies, release, websockets} from '../harness.ts'
import {lawSeeds} from './kept.ts'

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
    const seed = lawSeeds[0]! + k
    expect(cut('hard-restart', seed), `with seed ${seed}`).toBeGreaterThan(cut('graceful-drain', seed))
  }
})
