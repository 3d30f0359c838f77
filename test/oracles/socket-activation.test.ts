import {describe, expect, test} from 'vitest'
import {forever} from '../../sim/engine/distributions.ts'
import {hours, minutes, seconds, type Time} from '../../sim/engine/time.ts'
import {http, l4lb, type Play, play, probe, proxies, release, servers, upstream, websockets} from '../harness.ts'
import {agree, mean} from './statistics.ts'
import {watch} from './watch.ts'

/** One host, which takes 2 s to boot, and whom no health check takes out meanwhile. */
const restarted = (backlog: number): Play => ({
  end: minutes(1),
  tiers: {edge: proxies(1, {backlog, behind: l4lb({probe: probe({interval: hours(1)})})})},
  traffic: {api: http('edge', 100), chat: websockets('edge', 50, forever)},
  release: [release('edge', 'socket-activation', {drainTimeout: 0})],
})

/** How long each request took that was not answered at once, and how much went wrong besides tunnels that were cut. */
function waited(it: Play): {waits: Time[]; disruptions: number} {
  const waits: Time[] = []
  const {report} = watch({...it, traffic: {api: it.traffic!.api!}}, 1, {
    ended: (...[, , , , , , took]) => {
      if (took > 0) waits.push(took)
    },
  })
  return {waits, disruptions: report.disruption.count}
}

describe('while a service is restarted under a manager that holds its socket', () => {
  test('new connections wait in the accept queue: rate × boot of them, each until the service is back', () => {
    // Some 100/s × 2 s = 200 ± 14 requests come while it boots (Poisson). One that comes at random in 2 s waits for 1 s.
    const {waits, disruptions} = waited(restarted(4_096))
    expect(disruptions).toBe(0)
    agree(waits.length, 200, 14.2)
    agree(mean(waits), seconds(1), seconds(2) / Math.sqrt(12 * waits.length))
    expect(Math.max(...waits)).toBeLessThanOrEqual(seconds(2))
  })

  test('beyond the backlog SYNs are dropped, and come back after 1, 2, 3 s: nobody is refused', () => {
    // 51 connections fit, which come in half a second. The others are answered with their first SYN after the boot, which
    // comes a whole number of seconds after they asked.
    const {waits, disruptions} = waited(restarted(50))
    expect(disruptions).toBe(0)
    const late = waits.toSorted((a, b) => a - b).filter(wait => wait === seconds(1) || wait === seconds(2))
    expect(waits.length - late.length).toBe(51)
    agree(late.length, 200 - 51, 14.2)
  })

  test('established connections end with it', () => {
    expect(play(restarted(4_096)).traffic.chat!.causes).toEqual({'killed-at-drain-end': 50})
  })

  test('requests of proxies wait as well', () => {
    const {waits, disruptions} = waited({
      end: minutes(1),
      tiers: {
        edge: proxies(1, {upstream: upstream('app', {persistent: false, probe: probe({interval: hours(1)})})}),
        app: servers(1),
      },
      traffic: {api: http('app', 100)},
      release: [release('app', 'socket-activation', {drainTimeout: 0})],
    })
    expect(disruptions).toBe(0)
    agree(waits.length, 200, 14.2)
  })
})
