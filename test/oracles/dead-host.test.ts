import {describe, expect, test} from 'vitest'
import {millis, seconds} from '../../sim/engine/time.ts'
import {outcomeOf} from '../../sim/net/events.ts'
import {critical, distance} from '../engine/kolmogorov-smirnov.ts'
import {http, l4lb, type Play, probe, proxies} from '../harness.ts'
import {agree, confidence, range, sum} from './statistics.ts'
import {watch} from './watch.ts'

const diedAt = seconds(10)
const hosts = 4
const completed = outcomeOf('completed')
const perSecond = 1_000

const dies = (observers: number, options: {interval: number; timeout: number; fall: number}): Play => ({
  end: seconds(15),
  tiers: {edge: proxies(hosts, {behind: l4lb({hosts: observers, probe: probe(options)})})},
  faults: [{kind: 'host-dies', tier: 'edge', host: 0, at: diedAt, lasts: Number.POSITIVE_INFINITY}],
})

/** How long after the death of the host each L4 host took it out of its ring. */
function detections(it: Play): number[] {
  const found: number[] = []
  watch(it, 1, {
    control: (at, event) => {
      if (event.kind === 'rotate') found.push(at - diedAt)
    },
  })
  return found
}

describe.each([
  {interval: seconds(1), timeout: millis(500), fall: 3},
  {interval: seconds(2), timeout: millis(1), fall: 1},
  {interval: seconds(1), timeout: seconds(2), fall: 2},
])('probes with $interval, $timeout (µs) and a fall of $fall', ({interval, timeout, fall}) => {
  test('find a dead host between (k - 1) I and k I after its death, and the time-out later', () => {
    // Each of 500 L4 hosts asks at a phase of its own, so that its first probe after the death comes within I, the
    // k-th (k - 1) I later, and its answer fails to come for another time-out. The largest distance from that uniform
    // law is below 0.12 with a chance of 1 - 1e-6: a window shifted by an eighth of an interval would show.
    const found = detections(dies(500, {interval, timeout, fall}))
    expect(found.length).toBe(500)
    const last = fall * interval + timeout
    const survival = (x: number) => Math.min(1, Math.max(0, (last - x) / interval))
    expect(distance(found, survival)).toBeLessThan(critical(found.length, confidence))
  })
})

describe('a dead host that is one of four', () => {
  test('costs λ / H requests a second until it is found, if clients do not wait for their SYN to come again', () => {
    // A quarter of 1,000 requests per second for T, which is known: some 3,750 over five seeds, ± 61 (Poisson). Without
    // the half second of the time-out they would be 625 fewer, ten standard deviations.
    const it = dies(1, {interval: seconds(1), timeout: millis(500), fall: 3})
    const traffic = {api: http('edge', perSecond, {connectTimeout: millis(900)})}
    const runs = range(5).map(seed => losses({...it, traffic}, seed))
    const wanted = (sum(runs.map(({window}) => window)) / seconds(1)) * (perSecond / hosts)
    agree(sum(runs.map(({lost}) => lost)), wanted, Math.sqrt(wanted))
  })

  test('costs none, if they do: the SYN that comes again goes by the new ring', () => {
    const it = dies(1, {interval: seconds(1), timeout: millis(500), fall: 3})
    const {lost, slowest} = losses({...it, traffic: {api: http('edge', perSecond)}}, 1)
    expect(lost).toBe(0)
    // At most T = 3.5 s, and the rest of a second until the next SYN.
    expect(slowest).toBeLessThanOrEqual(seconds(4))
    expect(slowest).toBeGreaterThan(seconds(2))
  })
})

function losses(it: Play, seed: number): {lost: number; window: number; slowest: number} {
  let lost = 0
  let window = 0
  let slowest = 0
  watch(it, seed, {
    control: (at, event) => {
      if (event.kind === 'rotate') window = at - diedAt
    },
    ended: (...[, , , , outcome, , took]) => {
      if (outcome !== completed) lost++
      slowest = Math.max(slowest, took)
    },
  })
  return {lost, window, slowest}
}
