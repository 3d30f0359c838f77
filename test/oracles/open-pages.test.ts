import {describe, expect, test} from 'vitest'
import {exponential, fixed, forever} from '../../sim/engine/distributions.ts'
import {minutes, seconds, toSeconds} from '../../sim/engine/time.ts'
import type {PagesReport} from '../../sim/metrics/report.ts'
import type {PageOptions, TierOptions, UpstreamOptions} from '../../sim/net/options.ts'
import {keepAlive, play, proxies, release, servers, upstream} from '../harness.ts'
import {agree, binomialDeviation} from './statistics.ts'

const tabs = 4_000
/** How long a page is open on average, and how often it asks, per second: r m = 10. */
const life = minutes(5)
const rate = 2 / 60
const asks = rate * toSeconds(life)
const page: PageOptions = {life: exponential(life), reload: forever, released: Infinity}

interface World {
  readonly tier?: Partial<TierOptions>
  readonly proxy?: Partial<UpstreamOptions>
  readonly page?: Partial<PageOptions>
  readonly strategy?: string
  readonly options?: Record<string, number | boolean>
  readonly at?: number
  readonly end?: number
}

/** Of tabs whose servers get another version after 2 minutes, in one instant unless said otherwise. */
function released({
  tier,
  proxy,
  page: of,
  strategy = 'blue-green',
  options = {},
  at = minutes(2),
  end = minutes(90),
}: World): PagesReport {
  const pool = keepAlive('app', tabs, tabs * rate, {page: {...page, ...of}})
  const tiers = {edge: proxies(2, {upstream: upstream('app', proxy)}), app: servers(4, tier)}
  const way = release('app', strategy, options, at)
  return play({end, tiers, traffic: {pool}, release: [way]}).pages!.pool!
}

/** Of those open when the run begins, and of those that replaced them, a share of r / (r + 1/m) is open at any time. */
const openShare = asks / (1 + asks)

describe('pages of another version than whoever answers', () => {
  test('fail r m times each, and r / (r + 1/m) of them at least once, if nobody does anything', () => {
    // After 2 minutes what is left of the beginning, when every tab has a page, is exp(-2 min x (r + 1/m)) = 1.2 % of a
    // tenth: five pages of 3,636. What a page asks in its life is geometric, with a variance of r m (1 + r m).
    const {skewed, broken} = released({})
    const old = tabs * openShare
    agree(broken, old * openShare, binomialDeviation(tabs, openShare * openShare) + 5)
    agree(skewed, old * asks, Math.sqrt(tabs * asks * (2 + asks)) + 50)
  })

  test('fail only if they are older than what is kept of N versions: exp(-N T / m) of them', () => {
    // A release every T = 4 minutes before the run, so a page of age a is floor(a / T) versions behind when that begins. The
    // next release follows at once, and a page is broken by it if it is N T or older, and asks once more. Of those one in a
    // hundred is closed in the three seconds until the fleet is exchanged.
    for (const oldAssets of [1, 2]) {
      const {broken} = released({tier: {oldAssets}, page: {released: minutes(4)}, at: seconds(1)})
      const share = Math.exp((-oldAssets * minutes(4)) / life) * openShare
      agree(broken, tabs * share, binomialDeviation(tabs, share) + 0.01 * tabs * share)
    }
  })

  test('are gone when the life of the last of them is over', () => {
    // Lives of 5 minutes each, of which something between 0 and all is left: the longest of 4,000 is within a hundredth. The
    // fleet is exchanged after 2 s of boot.
    const {old, lastOldAfter} = released({page: {life: fixed(life)}})
    expect(old).toBe(0)
    expect(lastOldAfter).toBeLessThanOrEqual(toSeconds(life) + 2)
    expect(lastOldAfter).toBeGreaterThan(0.98 * toSeconds(life))
  })

  test('fail until their users load them again, where they are told', () => {
    // One that asks once more before it is closed is told, and fails again with each request until the click: with the
    // click and the closing as rivals, r / (1/R + 1/m) times on average.
    const reload = minutes(1)
    const {skewed, reloaded} = released({page: {reload: exponential(reload)}})
    const old = tabs * openShare
    const again = rate / (1 / toSeconds(reload) + 1 / toSeconds(life))
    agree(skewed, old * openShare * (1 + again), Math.sqrt(old * (again * (1 + again) + (1 + again) ** 2 * 0.1)) + 5)
    const clicks = toSeconds(life) / (toSeconds(life) + toSeconds(reload))
    agree(reloaded, old * openShare * clicks, Math.sqrt(old * 0.25) + 5)
  })

  test('find their version for as long as hosts of it are left, where proxies know it', () => {
    const stays = {settle: minutes(10)}
    const {skewed} = released({proxy: {versionAffinity: true}, options: stays, end: minutes(11)})
    expect(skewed).toBe(0)
    const later = released({proxy: {versionAffinity: true}, options: stays})
    // What is left after 10 of 5 minutes, exp(-2), asks r m times more.
    const left = tabs * openShare * Math.exp(-2)
    agree(later.skewed, left * asks, Math.sqrt(left * asks * (2 + asks)) + 10)
  })

  test('may be of the new one and ask the old: half of all requests fail while half of the hosts have either', () => {
    // One of two hosts has the new version. Whoever loads a page gets that of the host that answered; each of its other
    // requests, r m of r m + 1, falls on either host.
    const pool = keepAlive('app', tabs, tabs * rate, {page})
    const tiers = {edge: proxies(2, {upstream: upstream('app')}), app: servers(2)}
    const way = release('app', 'hard-restart', {batch: 1, canary: true}, seconds(1))
    const {traffic} = play({end: minutes(60), tiers, traffic: {pool}, release: [way]})
    const {started, causes} = traffic.pool!
    agree(causes['asset-gone']! / started, openShare / 2, 0.004)
  })
})
