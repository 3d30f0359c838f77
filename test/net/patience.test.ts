import {describe, expect, test} from 'vitest'
import {exponential, fixed} from '../../sim/engine/distributions.ts'
import {millis, seconds} from '../../sim/engine/time.ts'
import {http, play, proxies, uploads} from '../harness.ts'

describe('patience', () => {
  test('ends also while SYNs are lost', () => {
    // Half of all SYNs are lost, and again a second later: those whose first is lost wait no longer than 300 ms.
    const lossy = {latency: fixed(0), loss: 0.5}
    const impatient = http('edge', 100, {connectTimeout: millis(300), link: lossy})
    const {traffic} = play({end: seconds(120), tiers: {edge: proxies(1)}, traffic: {web: impatient}})
    const {started, causes, completed, open} = traffic.web!
    expect(causes).toEqual({'connect-timeout': started - completed - open})
    // 12,000 coins: 6,000 ± 5 standard deviations of 55.
    expect(Math.abs(causes['connect-timeout']! - started / 2)).toBeLessThan(5 * 55)
  })

  test('has ended before the run for uploads that were given up before it', () => {
    // Bodies take 20 s and people wait 1 s on average: of 200 a second, 200 are under way at any time, not 4,000.
    const body = uploads('edge', 200, {duration: fixed(seconds(20)), patience: exponential(seconds(1))})
    const {traffic} = play({end: 1, tiers: {edge: proxies(1)}, traffic: {body}})
    expect(Math.abs(traffic.body!.started - 200)).toBeLessThan(5 * Math.sqrt(200))
    expect(traffic.body!.aborted).toBe(0)
  })
})
