import {describe, expect, test} from 'vitest'
import {fixed, forever} from '../../sim/engine/distributions.ts'
import {millis, minutes, seconds, toSeconds} from '../../sim/engine/time.ts'
import type {ProbeOptions} from '../../sim/net/options.ts'
import {http, l4lb, type Play, play, probe, proxies, release, websockets} from '../harness.ts'
import {agree, mean, range, sum} from './statistics.ts'
import {watch} from './watch.ts'

const hosts = 20
const cores = 4
const startsAt = minutes(5)
const drainTimeout = minutes(20)
const boot = seconds(30)
const interval = seconds(2)
const [fall, rise] = [3, 2]

/** Tunnels that never end keep every drain going for its full length. */
const released = (batch: number, end: number, phase: ProbeOptions['phase']): Play => ({
  end,
  tiers: {
    edge: proxies(hosts, {
      cores,
      boot: {time: fixed(boot), cores: 0, warmup: 0, slowdown: 1},
      behind: l4lb({probe: probe({interval, fall, rise, phase})}),
    }),
  },
  traffic: {tunnels: websockets('edge', 400, forever)},
  release: [release('edge', 'graceful-drain', {batch, drainTimeout, settle: 0}, startsAt)],
  resolution: minutes(5),
})

/**
 * What one batch takes besides the drain: fall - 1 probes from the first that fails to the one that takes the host out,
 * the boot, and rise - 1 probes from the first that succeeds. The drain and the boot are whole numbers of intervals, so
 * that the host is probed at the very moment at which it listens again.
 */
const besides = boot + (fall - 1 + rise - 1) * interval

describe.each([
  [0.05, 20],
  [0.1, 10],
  [0.2, 5],
])('a release of a share of %d at a time, in %d batches', (batch, batches) => {
  const exact = batches * (drainTimeout + besides)

  test('leaves 1 - b of the capacity, and takes ceil(1 / b) (D + W)', () => {
    // With probes at k / 20 of the interval, a batch begins when the last host of the one before has been probed, and
    // waits for the first probe of its own last host: 19 / 20 of an interval in all.
    const {tiers, release} = play(released(batch, minutes(500), 'spread'))
    expect(tiers.edge!.capacity.min).toBeCloseTo(1 - batch, 12)
    expect(release.edge!.duration).toBe(toSeconds(exact + (interval * (hosts - 1)) / hosts))
    // Whatever the batch, each host is out from one probe to another: for the drain, the boot and rise - 1 intervals.
    const out = drainTimeout + boot + (rise - 1) * interval
    expect(tiers.edge!.capacity.mean).toBeCloseTo(1 - out / minutes(500), 12)
  })

  test('waits for up to an interval more with every batch when probes come at any phase', () => {
    // The wait is that for the last of m hosts to be probed, m / (m + 1) of an interval on average if phases are uniform;
    // its square is m / (m + 2) of one on average. Twenty seeds.
    const m = Math.round(batch * hosts)
    const runs = range(20).map(seed => play(released(batch, minutes(500), 'random'), seed).release.edge!.duration!)
    const waits = runs.map(duration => (duration - toSeconds(exact)) / toSeconds(interval))
    const variance = m / (m + 2) - (m / (m + 1)) ** 2
    agree(mean(waits), (batches * m) / (m + 1), Math.sqrt((batches * variance) / runs.length))
  })
})

/** Requests that keep a share of all cores busy. */
const service = millis(500)
const loaded = (batch: number, utilisation: number): Play => {
  const it = released(batch, startsAt + minutes(10), 'spread')
  const perSecond = (utilisation * hosts * cores) / toSeconds(service)
  return {...it, traffic: {...it.traffic, api: http('edge', perSecond, {service: fixed(service)})}}
}

/** By how much the share u of all cores that is busy in five minutes scatters: jobs of one length, as many as Poisson. */
const scatter = (utilisation: number) => utilisation / Math.sqrt((utilisation * hosts * cores * minutes(5)) / service)

describe.each([
  [0.05, 0.875],
  [0.1, 0.75],
  [0.2, 0.5],
])('with six cores in ten busy, a batch of a share of %d', (batch, printed) => {
  const u = 0.6

  test('leaves ((1 - b) - u) / (1 - u) of the idle CPU, and survivors at u / (1 - b)', () => {
    // For b = 20 % that is 0.5 ± 0.009. Counting the idle cores of hosts that nobody can reach would give 1; if the work
    // of the hosts that are out were lost, not moved, it would be 0.8.
    const wanted = (1 - batch - u) / (1 - u)
    expect(wanted).toBeCloseTo(printed, 12)
    const {report, world} = watch(loaded(batch, u), 1, {})
    agree(report.tiers.edge!.idleCpu.min / (1 - u), wanted, scatter(u) / (1 - u))

    const busy = world.fleet('edge').hosts.map(({cpu}) => cpu.busy[2]! / (cores * minutes(5)))
    const out = Math.round(batch * hosts)
    expect(sum(busy.slice(0, out))).toBe(0)
    agree(mean(busy.slice(out)), u / (1 - batch), scatter(u) / (1 - batch))
  })
})

describe('a batch of 20 %', () => {
  /** How long requests took on average that ended in the last ten seconds, in seconds. */
  const lateness = (utilisation: number) => {
    const took: number[] = []
    const it = loaded(0.2, utilisation)
    watch(it, 1, {
      ended: (...[at, , , , , , duration]) => {
        if (at > it.end - seconds(10)) took.push(toSeconds(duration))
      },
    })
    return mean(took)
  }

  test('overloads survivors at u = 0.9 > 1 - b: they fall behind by u / (1 - b) - 1 of every second', () => {
    // Work of 1.125 s per core and second is done in the order in which it comes: what ends at t, counted from when the
    // four hosts went out, came at t / 1.125, and has waited 0.125 / 1.125 of t. In the last ten seconds t is 10 min less
    // 4 s of detection less 5 s on average. Of the 76,000 requests that were answered by then the number scatters by
    // 0.36 %, and when they came by as much of 525 s: 1.9 s.
    agree(lateness(0.9), 0.5 + (0.125 / 1.125) * (600 - 4 - 5 - 0.5), 1.9)
  })

  test('does not at u = 0.7 < 1 - b', () => {
    // At 0.7 / 0.8 = 87.5 % of four cores a job of 0.5 s waits for less than in M/M/4, which is 0.74 s.
    expect(lateness(0.7)).toBeLessThan(0.5 + 0.74)
  })
})
