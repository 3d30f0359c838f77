import {describe, expect, test} from 'vitest'
import {exponential, fixed} from '../../sim/engine/distributions.ts'
import {micros, seconds, type Time, toSeconds} from '../../sim/engine/time.ts'
import type {Report} from '../../sim/metrics/report.ts'
import {causeOf} from '../../sim/net/events.ts'
import type {HttpWorkload} from '../../sim/net/options.ts'
import type {OptionValue} from '../../sim/scenario/scenario.ts'
import {http, play, proxies, release, servers, upstream} from '../harness.ts'
import {agree, mean, range} from './statistics.ts'
import {watch} from './watch.ts'

/**
 * Requests come at λ and are held for P. The server has one core and takes 1/μ for each: M/D/1, that begins with as many in
 * its queue as were held.
 */
const lambda = 100
const P = 10

interface Held {
  /** The number of its workload. */
  readonly workload: number
  readonly began: Time
  readonly took: number
  readonly cause: number
}

/** A pause of P, and a little more for whoever is under way as it begins. */
function pause(
  mu: number,
  seed: number,
  options: Record<string, OptionValue> = {},
  about: Partial<HttpWorkload> = {},
  others: Record<string, HttpWorkload> = {},
) {
  const boot = {time: fixed(seconds(P)), cores: 0, warmup: 0, slowdown: 1}
  const tiers = {
    edge: proxies(1, {upstream: upstream('app', {probe: patient})}),
    app: servers(1, {cores: 1, boot}),
  }
  const traffic = {web: http('app', lambda, {service: fixed(micros(1e6 / mu)), ...about}), ...others}
  const plan = release('app', 'request-pause', {failAfter: Infinity, ...options})
  const requests: Held[] = []
  const {report} = watch({end: seconds(mu < 120 ? 250 : 80), tiers, traffic, release: [plan]}, seed, {
    ended: (at, workload, ...[, , , cause, took]) => requests.push({workload, began: at - took, took, cause}),
  })
  const {duration, finishedAt} = report.release.app!
  return {report, holds: report.holds!.app!, lasted: duration!, resumedAt: seconds(finishedAt!), requests}
}

/** Nobody finds out that the server is away. */
const patient = {interval: seconds(100), timeout: seconds(1), fall: 9, rise: 1, phase: 'spread'} as const

describe('a pause of 10 s, 100 requests a second', () => {
  test('holds λP = 1000 requests, +- 32', () => {
    const {holds, lasted} = pause(150, 1)
    agree(holds.peak, lambda * lasted, Math.sqrt(lambda * lasted))
    expect(holds).toMatchObject({requests: holds.peak, expired: 0, gone: 0, refused: 0})
  })

  test.each([
    [150, 20],
    [110, 100],
  ])('with μ = %i a second the backlog is gone after λP/(μ - λ) = %i s', (mu, wanted) => {
    // N₀ busy periods of mean 1/(μ - λ) and variance ρ/μ²/(1 - ρ)³ each (M/D/1), of which N₀ itself scatters by √λP.
    const runs = range(10).map(seed => pause(mu, seed + 1))
    const held = lambda * mean(runs.map(({lasted}) => lasted))
    const rho = lambda / mu
    const variance = (held * rho) / mu ** 2 / (1 - rho) ** 3 + held / (mu - lambda) ** 2
    expect(held / (mu - lambda)).toBeCloseTo(wanted, -1)
    agree(mean(runs.map(({holds}) => holds.cleared!)), held / (mu - lambda), Math.sqrt(variance / runs.length))
  })

  test('the first that is held waits P, the last λP/μ = 6.7 s, for all go on at once', () => {
    const {requests, resumedAt, lasted, holds} = pause(150, 1)
    const held = requests.filter(({began}) => began >= resumedAt - seconds(lasted) && began < resumedAt)
    const [first, last] = [held[0]!, held.at(-1)!].map(({took}) => toSeconds(took))
    // The first comes 1/λ after the hold begins, on average and exponentially.
    agree(first!, lasted - 1 / lambda, 1 / lambda, 14)
    agree(last!, (lambda * lasted) / 150, Math.sqrt(lambda * lasted) / 150)
    expect(holds.wait.max).toBeGreaterThan(lasted - 14 / lambda)
  })

  test('held for at most F = 6 s, λ(P - F) = 400 get a 504, +- 20, and λF = 600 are held at a time', () => {
    const {report, holds, lasted} = pause(150, 1, {failAfter: seconds(6)})
    agree(report.traffic.web!.causes['held-too-long']!, lambda * (lasted - 6), Math.sqrt(lambda * (lasted - 6)))
    expect(holds.expired).toBe(report.traffic.web!.failed)
    // As many as come in 6 s, of windows that overlap the fullest: up to two deviations more than of one alone.
    agree(holds.peak, lambda * 6, Math.sqrt(lambda * 6), 7)
  })

  test('a limit of F = 6 s is one to the microsecond, and over ten seeds λ(P - F) fail, +- 6', () => {
    const runs = range(10).map(seed => pause(150, seed + 1, {failAfter: seconds(6)}))
    const failed = runs.map(({requests}) => requests.filter(({cause}) => cause === causeOf('held-too-long')))
    expect(new Set(failed.flat().map(({took}) => took))).toEqual(new Set([seconds(6)]))
    const wanted = lambda * (mean(runs.map(({lasted}) => lasted)) - 6)
    agree(mean(failed.map(({length}) => length)), wanted, Math.sqrt(wanted / runs.length))
  })

  test('people with a patience of 10 s leave: λ(P - m(1 - exp(-P/m))) = 368 while they are held', () => {
    const {holds, lasted} = pause(150, 1, {}, {patience: exponential(seconds(10))})
    const wanted = lambda * (lasted - 10 * (1 - Math.exp(-lasted / 10)))
    agree(holds.gone, wanted, Math.sqrt(wanted))
  })
})

describe('the disciplines', () => {
  test('a chain goes on at the pace at which it came, each after P and the rest of its own interval', () => {
    // It looks every second from its arrival: k looks 1/λ after k - 1 does, so that all wait as long, P rounded up.
    const {holds, lasted, requests, resumedAt} = pause(1_000, 1, {discipline: 'chain', interval: seconds(1)})
    expect(holds.wait.p50! - lasted).toBeGreaterThan(0)
    expect(holds.wait.max! - lasted).toBeLessThan(1.01)
    const held = requests.filter(({began}) => began >= resumedAt - seconds(lasted) && began < resumedAt)
    const ends = held.sort((a, b) => a.began - b.began).map(({began, took}) => began + took)
    const ahead = ends.filter((end, k) => k > 0 && end < ends[k - 1]!)
    expect(ahead).toEqual([])
  })

  test('whoever is behind somebody who left a chain goes on when that one would have waited for F, or has so itself', () => {
    // Two a second have no patience: the first of them leaves after 2 s, and is in the way until its own limit.
    const F = 20
    const hasty = http('app', 2, {service: fixed(micros(1_000)), patience: fixed(seconds(2))})
    const chain = {discipline: 'chain', interval: seconds(1), failAfter: seconds(F)}
    const {holds, lasted, requests, resumedAt} = pause(1_000, 1, chain, {}, {hasty})
    const held = requests.filter(({began}) => began >= resumedAt - seconds(lasted) && began < resumedAt)
    const gone = held.filter(({workload}) => workload === 1).map(({began}) => began)
    const first = Math.min(...gone)
    // Nobody of those who leave is served, also of those who would leave when the others go on.
    expect(holds.gone).toBe(gone.length)
    const others = held.filter(({workload}) => workload === 0)
    const [ahead, behind] = [others.filter(it => it.began < first), others.filter(it => it.began > first)]
    expect(ahead.length).toBeGreaterThan(0)
    for (const {took} of ahead) expect(toSeconds(took)).toBeLessThan(lasted + 1.1)
    // Of the last one ahead who left, or sooner their own limit; their looks are a second apart.
    for (const {began, took} of behind) {
      const last = Math.max(...gone.filter(it => it < began))
      expect(toSeconds(began + took - last)).toBeGreaterThanOrEqual(F)
      expect(toSeconds(took)).toBeLessThan(F + 0.1)
    }
    agree(behind.length, lambda * toSeconds(resumedAt - first), Math.sqrt(lambda * lasted))
  })

  /** A hard restart, with proxies that try again every second for so long. */
  function retries(tryDuration: number): Report {
    const boot = {time: fixed(seconds(P)), cores: 0, warmup: 0, slowdown: 1}
    const tries = {tryDuration: seconds(tryDuration), tryInterval: seconds(1), probe: patient}
    const tiers = {edge: proxies(1, {upstream: upstream('app', tries)}), app: servers(1, {cores: 64, boot})}
    const plan = release('app', 'hard-restart', {gate: false})
    return play({end: seconds(40), tiers, traffic: {web: http('app', lambda)}, release: [plan]})
  }

  test('who retries every second goes on within one second of the server’s return', () => {
    const {traffic, holds} = retries(30)
    const {peak, wait, cleared} = holds!.app!
    expect(traffic.web!.failed).toBe(0)
    agree(peak, lambda * P, Math.sqrt(lambda * P))
    expect(wait.max).toBeGreaterThan(P - 14 / lambda)
    expect(wait.max).toBeLessThan(P + 1)
    expect(cleared).toBeLessThan(1 + 14 / lambda)
  })

  test('who retries for at most 6 s gets a 502: λ(P - 6) = 400 of them, +- 20', () => {
    const wanted = lambda * (P - 6)
    agree(retries(6).traffic.web!.causes['backend-down']!, wanted, Math.sqrt(wanted))
  })
})
