import {describe, expect, test} from 'vitest'
import {exponential, fixed, lognormal, pareto} from '../../sim/engine/distributions.ts'
import {minutes, seconds, toSeconds} from '../../sim/engine/time.ts'
import {keepAlive, type Play, play, proxies, uploads, websockets} from '../harness.ts'
import {agree, binomialDeviation, chiSquared, chiSquaredLimit, range, sum} from './statistics.ts'
import {watch} from './watch.ts'

const mean = minutes(2)
const laws = {
  fixed: fixed(mean),
  exponential: exponential(mean),
  'lognormal of sigma 2': lognormal({mean, sigma: 2}),
  'Pareto of shape 1.5': pareto({mean, shape: 1.5}),
}
const instants = [0, 30, 120, 300].map(seconds)
const runs = 2

/** How many are under way right after each of the instants, over both seeds. */
function underWay(it: Omit<Play, 'end'>): number[] {
  const totals = instants.map(() => 0)
  for (const seed of range(runs)) {
    let count = 0
    const seen = instants.map(() => 0)
    const note = (at: number, change: number) => {
      count += change
      for (const [i, instant] of instants.entries()) if (at <= instant) seen[i] = count
    }
    watch({...it, end: instants.at(-1)! + 1}, seed, {started: at => note(at, 1), ended: at => note(at, -1)})
    for (const i of totals.keys()) totals[i]! += seen[i]!
  }
  return totals
}

describe.each(Object.entries(laws))('durations that are %s', (_, law) => {
  // By Little's law λ times the mean are under way, at every instant and from the first on: 10,000 in each of two runs
  // ± √10,000. Beginning with whole lives instead of what is left of them there would be a quarter more after half a
  // minute under the fixed law and Pareto's, half as many under the lognormal; only the exponential one would not tell.
  const users = 10_000
  const wanted = users * runs

  test('as many websockets are open at any time', () => {
    const found = underWay({tiers: {edge: proxies(1)}, traffic: {chat: websockets('edge', users, law)}})
    expect(found[0]).toBe(wanted)
    for (const count of found.slice(1)) agree(count, wanted, Math.sqrt(wanted))
  })

  test('as many uploads are in flight at any time', () => {
    const perSecond = users / toSeconds(mean)
    const found = underWay({tiers: {edge: proxies(1)}, traffic: {upload: uploads('edge', perSecond, {duration: law})}})
    for (const count of found) agree(count, wanted, Math.sqrt(wanted))
  })
})

test('keep-alive connections are found closed as often in the first minute as in any other', () => {
  // Two requests of a client are an exponential time of 100 s apart; a connection is closed after 75 s without one, so
  // that a request opens a new one with a chance of e^-0.75 = 47.2 %: 100 × 60 × 0.472 = 2,834 a minute, Poisson.
  const found = range(10).map(() => 0)
  const traffic = {pool: keepAlive('edge', 10_000, 100)}
  watch({end: minutes(10), tiers: {edge: proxies(1, {keepAlive: seconds(75)})}, traffic}, 1, {
    opened: at => {
      if (at > 0 && at < minutes(10)) found[Math.floor(at / minutes(1))]!++
    },
  })
  const wanted = 6_000 * Math.exp(-0.75)
  agree(found[0]!, wanted, Math.sqrt(wanted))
  expect(
    chiSquared(
      found,
      found.map(() => wanted),
    ),
  ).toBeLessThan(chiSquaredLimit(10))
  agree(sum(found), 10 * wanted, Math.sqrt(10 * wanted))
})

test('a share 1 - e^(-K / gap) of keep-alive connections is open, at the beginning and at the end', () => {
  // Those whose last request is less than K = 75 s ago, where requests of a client are 100 s apart on average: 52.8 % of
  // 10,000, ± 50 (binomial). Counting a connection as open until its client finds out would make it all of them.
  const share = 1 - Math.exp(-0.75)
  let atStart = 0
  const traffic = {pool: keepAlive('edge', 10_000, 100)}
  const {report} = watch({end: minutes(10), tiers: {edge: proxies(1, {keepAlive: seconds(75)})}, traffic}, 1, {
    opened: at => {
      if (at === 0) atStart++
    },
  })
  for (const open of [atStart, report.connections.pool!.perHost[0]!])
    agree(open, 10_000 * share, binomialDeviation(10_000, share))
})

test('forty workloads of ten clients each have their own connections, and no more than are at work', () => {
  // Five requests of a second each are under way at a time, as a Poisson variate: one that falls on a busy client has a
  // second connection for as long, and 30 of those at once have a chance of 1e-14.
  const names = range(40).map(i => `w${i}`)
  const traffic = Object.fromEntries(names.map(name => [name, keepAlive('edge', 10, 5, {service: fixed(seconds(1))})]))
  const {connections} = play({end: minutes(2), tiers: {edge: proxies(2, {cores: 1_000})}, traffic})
  for (const name of names) expect(sum(connections[name]!.perHost)).toBeLessThan(40)
})
