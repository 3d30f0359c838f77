import {describe, expect, test} from 'vitest'
import {fixed, forever, uniform} from '../../sim/engine/distributions.ts'
import {hours, minutes, seconds} from '../../sim/engine/time.ts'
import type {OptionValue} from '../../sim/scenario/scenario.ts'
import {http, l4lb, play, probe, proxies, release, websockets} from '../harness.ts'
import {agree} from './statistics.ts'

const rate = 200
const pods = 4

/** No probe notices that a pod listens no more: only the endpoints say who gets work. */
const unnoticed = probe({interval: seconds(1), fall: 100, rise: 1})

/** Of four pods. */
const refused = (options: Record<string, OptionValue>, l4Hosts = 1, probes = unnoticed, end = minutes(2)) =>
  play({
    end,
    tiers: {edge: proxies(pods, {behind: l4lb({hosts: l4Hosts, probe: probes})})},
    traffic: {api: http('edge', rate)},
    release: [release('edge', 'rolling-update', {surge: 1, unavailable: 0, ...options})],
  }).traffic.api!.refused

describe('a pod that is removed and stopped at the same time', () => {
  test('refuses rate × (propagation - time to SIGTERM), where that is positive', () => {
    // The pod is one of five as it goes: 200/s / 5 × (4 s - 1 s) = 120 for each of four pods, 480 ± 22 (Poisson) in all. The
    // ring gives no pod more than a hundredth above its share.
    const wanted = pods * (rate / (pods + 1)) * 3
    agree(refused({propagation: fixed(seconds(4)), preStop: seconds(1)}), wanted, Math.sqrt(wanted) + wanted / 100)
  })

  test('refuses nobody once preStop is as long as the propagation', () => {
    expect(refused({propagation: fixed(seconds(4)), preStop: seconds(4)})).toBe(0)
    expect(refused({propagation: uniform(0, seconds(4)), preStop: seconds(4)}, 8)).toBe(0)
  })

  test('refuses by the mean over all who send it work, each of whom hears at a time of its own', () => {
    // Uniform(0, 4 s) for each of 64 L4 hosts: 200/s / 5 × E[t] = 80 for each pod, 320 in all. The means of 64 scatter by
    // 4 s / √12 / 8 = 0.14 s, so the sum over four pods by 4 × 40/s × 0.14 s / √4 = 12, and Poisson adds 18: 22.
    const wanted = pods * (rate / (pods + 1)) * 2
    agree(refused({propagation: uniform(0, seconds(4))}, 64), wanted, 22 + wanted / 100)
  })

  test('refuses until its probes have failed as often as it takes, where that is sooner', () => {
    // An NLB: 120 s until it stops by itself, and four failures at intervals of 10 s, the first of them up to 10 s after the
    // pod listens no more: U(30 s, 40 s) for each of 16 L4 hosts, 35 s on average. 200/s / 5 × 35 s = 1,400 for each
    // of four pods, 5,600 in all. The means of 16 scatter by 10 s / √12 / 4 = 0.72 s, so the sum over four by
    // 4 × 40/s × 0.72 s / √4 = 58, and Poisson adds 75: 95.
    const wanted = pods * (rate / (pods + 1)) * 35
    const late = {propagation: fixed(seconds(120)), preStop: seconds(15), minReady: minutes(2)}
    const found = refused(late, 16, probe({interval: seconds(10), fall: 4, rise: 1}), minutes(15))
    agree(found, wanted, 95 + wanted / 100)
  })
})

test('a rolling update never has more pods that are not available than it may, and runs as many as before in the end', () => {
  const counts = [
    [{surge: 1, unavailable: 0}, 1],
    [{surge: 0, unavailable: 1}, 0.75],
    [{surge: 0.25, unavailable: 0.5}, 0.5],
  ] as const
  for (const [options, least] of counts) {
    const plan = release('edge', 'rolling-update', {...options, propagation: fixed(0)})
    const {capacity, processes} = play({end: minutes(2), tiers: {edge: proxies(pods)}, release: [plan]}).tiers.edge!
    expect(capacity.min).toBe(least)
    expect(processes).toEqual({old: 0, new: pods})
  }
})

test('who outlives the grace period is killed, preStop included', () => {
  const plan = release('edge', 'rolling-update', {preStop: seconds(10), terminationGracePeriod: seconds(30)})
  const chat = websockets('edge', 100, forever, {reconnect: {base: hours(1), factor: 1, cap: hours(1), jitter: 'none'}})
  const report = play({end: minutes(2), tiers: {edge: proxies(1)}, traffic: {chat}, release: [plan]})
  expect(report.traffic.chat!.causes).toEqual({'killed-at-drain-end': 100})
  // One pod: 2 s of boot, up to 2 s until it is in rotation, and 30 s of grace.
  expect(report.release.edge!.duration).toBeGreaterThanOrEqual(33)
  expect(report.release.edge!.duration).toBeLessThanOrEqual(34.1)
})

test('blue-green refuses nobody, and cuts each connection once at most', () => {
  const plan = release('edge', 'blue-green', {drainTimeout: seconds(30)})
  const traffic = {api: http('edge', rate), chat: websockets('edge', 400, forever)}
  const report = play({end: minutes(2), tiers: {edge: proxies(pods)}, traffic, release: [plan]})
  expect(report.traffic.api).toMatchObject({refused: 0, reset: 0})
  expect(report.connections.chat!.bounces).toEqual({mean: 1, max: 1})
  expect(report.tiers.edge!.capacity.min).toBe(1)
})
