import {describe, expect, test} from 'vitest'
import {fixed, forever} from '../../sim/engine/distributions.ts'
import {hours, micros, minutes, seconds, toSeconds} from '../../sim/engine/time.ts'
import {causeOf} from '../../sim/net/events.ts'
import type {TierOptions} from '../../sim/net/options.ts'
import {http, l4lb, type Play, play, probe, proxies, release, websockets} from '../harness.ts'
import {agree} from './statistics.ts'
import {watch} from './watch.ts'

const hosts = 4
const perSecond = 2_000
const downtime = seconds(3)
const queueClosed = causeOf('accept-queue-closed')
const noListener = causeOf('no-listener')

/** Hosts that no health check takes out, so that each of them is sent its share all the time. */
const restarted = (tier: Partial<TierOptions> = {}): Play => ({
  end: minutes(1),
  tiers: {
    edge: proxies(hosts, {
      boot: {time: fixed(downtime), cores: 0, warmup: 0, slowdown: 1},
      behind: l4lb({probe: probe({interval: hours(1)})}),
      backlog: 1_000_000,
      ...tier,
    }),
  },
  traffic: {api: http('edge', perSecond)},
  release: [release('edge', 'hard-restart', {batch: 1})],
})

describe('a hard restart', () => {
  test('refuses rate × downtime', () => {
    // λ / H × 3 s on each of 4 hosts: 6,000 ± 77 (Poisson). Nothing else is lost, for nothing takes any time here.
    const {api} = play(restarted()).traffic
    const wanted = perSecond * toSeconds(downtime)
    agree(api!.refused, wanted, Math.sqrt(wanted))
    expect(api!.causes).toEqual({'no-listener': api!.refused})
  })

  test('resets rate × closing time first: the listener of a killed process is closed last', () => {
    // The kernel needs 100 µs for each of the 5,000 tunnels and more of a host, and answers SYNs all the while. That is
    // half a second and more for each of four hosts, at λ / H: some 1,600 resets, ± 40 (Poisson).
    const closeTime = micros(100)
    const it = restarted({closeTime})
    const tunnels = websockets('edge', 20_000, forever)
    let closing = 0
    let reset = 0
    let refused = 0
    watch({...it, traffic: {...it.traffic, tunnels}}, 1, world => ({
      control: (_at, event) => {
        if (event.kind !== 'process' || event.state !== 'gone') return
        const host = world()
          .fleet('edge')
          .hosts.find(({processes}) => processes.some(it => it.actor === event.process))
        closing += host!.connections * closeTime
      },
      ended: (...[, workload, , , , cause]) => {
        if (workload === 0 && cause === queueClosed) reset++
        if (workload === 0 && cause === noListener) refused++
      },
    }))
    const wanted = toSeconds(closing) * (perSecond / hosts)
    expect(wanted).toBeGreaterThan(1_000)
    agree(reset, wanted, Math.sqrt(wanted))
    agree(refused, perSecond * toSeconds(downtime), Math.sqrt(perSecond * toSeconds(downtime)))
  })
})
