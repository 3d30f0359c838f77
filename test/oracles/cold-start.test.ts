import {describe, expect, test} from 'vitest'
import {fixed} from '../../sim/engine/distributions.ts'
import {millis, minutes, seconds} from '../../sim/engine/time.ts'
import type {Report} from '../../sim/metrics/report.ts'
import type {UpstreamOptions} from '../../sim/net/options.ts'
import {http, play, proxies, release, servers, upstream} from '../harness.ts'
import {agree} from './statistics.ts'

const warmup = minutes(1)
/** Many cores with short requests, so that chance is small. */
const cores = 16
const service = millis(200)

/** Of servers at a load, whose fresh processes need `slowdown` times as long at first; exchanged one by one. */
function cold(hosts: number, load: number, slowdown: number, proxy: Partial<UpstreamOptions> = {}): Report {
  const boot = {time: fixed(seconds(1)), cores: 0, warmup, slowdown}
  const traffic = {web: http('app', (hosts * cores * load) / 0.2, {service: fixed(service)})}
  const tiers = {edge: proxies(1, {upstream: upstream('app', proxy)}), app: servers(hosts, {cores, boot})}
  const options = {
    surge: 1,
    unavailable: 0,
    minReady: minutes(2),
    preStop: seconds(5),
    terminationGracePeriod: minutes(2),
  }
  return play({end: minutes(3), tiers, traffic, release: [release('app', 'rolling-update', options, seconds(1))]})
}

describe('a host that is cold', () => {
  test('has whoever comes wait for W (σ - (1 + ln ρσ)/ρ)/(σ - 1) at most, if it gets its share at once', () => {
    // Requests come at ρ and are begun at 1/σ(t), so who comes at t is begun when σ is σ exp(-(σ - 1) ρ t/W); the wait is
    // longest for who is begun when σ has fallen to 1/ρ. Half of the load is that of one of two hosts, for
    // the old one goes after minReady; what is given to both while that waits is a third less for each of three.
    for (const [load, slowdown] of [
      [0.6, 4],
      [0.75, 3],
    ] as const) {
      const share = (load * 2) / 3
      const wait = (60 * (slowdown - (1 + Math.log(share * slowdown)) / share)) / (slowdown - 1)
      const {max} = cold(2, load, slowdown).traffic.web!.latency
      agree(max!, wait + 0.2 / share, 0.05 * wait + 0.3)
    }
  })

  test('has hardly anybody wait if its share rises as it gets warm, and ρ x (σ - (σ - 1) x) stays below 1', () => {
    // With ρ = 0.4 and σ = 4 that is 0.53 at most; a request may take 4 x 200 ms.
    const {max, p99} = cold(2, 0.6, 4, {slowStart: warmup}).traffic.web!.latency
    expect(max).toBeLessThan(1.3)
    expect(p99).toBeLessThan(0.8)
  })
})
