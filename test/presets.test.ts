import {describe, expect, test} from 'vitest'
import {exponential} from '../sim/engine/distributions.ts'
import {hours, minutes, seconds} from '../sim/engine/time.ts'
import {run} from '../sim/run.ts'
import type {Scenario} from '../sim/scenario/scenario.ts'
import {known, presets, strategies} from '../sim/strategies/index.ts'
import {database, http, keepAlive, play, proxies, release, renaming, scenario, uses, websockets} from './harness.ts'
import {shipped} from './shipped.ts'

/** The scenario with its releases under another name, and the same options. */
const under = (it: Scenario, strategy: string): Scenario => ({
  ...it,
  releases: it.releases.map(plan => ({...plan, strategy})),
})

/** A report without the name of what it reports on. */
function nameless(it: Scenario) {
  const {strategies: _, expect: __, ...told} = run(it).report
  return told
}

describe('a preset', () => {
  test('has a name of its own, a source, and sets only options that its strategy has', () => {
    expect(new Set(known.map(({name}) => name)).size).toBe(known.length)
    for (const {name, of, source, sets, recalled, suits} of presets) {
      const base = strategies.find(strategy => strategy.name === of)!
      expect([name, base.suits]).toEqual([name, suits])
      expect(source, name).toMatch(/\S/)
      expect(Object.keys(base.options), name).toEqual(expect.arrayContaining([...sets]))
      expect(sets, name).toEqual(expect.arrayContaining([...recalled]))
    }
  })

  test('is its strategy with its values: the same run, number by number', () => {
    const traffic = {chat: websockets('edge', 50, exponential(minutes(1))), api: http('edge', 20)}
    const edge = proxies(4, {database: uses({versions: renaming.slice(0, 2)})})
    const world = {end: minutes(3), tiers: {edge, db: database()}, traffic}
    for (const {name, of, sets, options} of presets.filter(({tier}) => Object.keys(tier).length === 0)) {
      const values = Object.fromEntries(sets.map(key => [key, options[key]!.default]))
      const byName = nameless(scenario({...world, release: [release('edge', name)]}))
      const byValue = nameless(scenario({...world, release: [release('edge', of, values)]}))
      expect(JSON.stringify(byName).replaceAll(name, of), name).toEqual(JSON.stringify(byValue))
    }
  })

  // What is measured of the real proxies is held against these scenarios in real-proxies.test.ts.
  test.each([
    ['haproxy-reload', 'haproxy-no-passing'],
    ['haproxy-takeover', 'haproxy'],
    ['haproxy-rebind', 'haproxy-no-passing'],
    ['rolling-takeover', 'haproxy'],
    ['nginx-reload', 'nginx'],
    ['nginx-reload-limit', 'nginx-shutdown-timeout'],
  ])('%s comes out the same under %s, with the limit that was measured', (name, preset) => {
    const it = shipped(name)
    const [asShipped, asPreset] = [nameless(it), nameless(under(it, preset))]
    const words = (told: object) => JSON.stringify(told).replaceAll(preset, it.releases[0]!.strategy)
    expect(words(asPreset)).toBe(words(asShipped))
  })

  test('that takes the place of a strategy keeps its own values, and takes what else the file sets', () => {
    // The file's drain of 5 s cuts 500 tunnels; NGINX has no limit, and cuts none.
    const it = shipped('nginx-reload-limit')
    expect(run(it, {replace: 'nginx'}).report.traffic.tunnel!.reset).toBe(0)
    expect(run(it, {replace: 'socket-takeover'}).report.traffic.tunnel!.reset).toBe(500)
  })

  test('has the tier do what its program does: HAProxy with a spread closes idle connections over ten seconds', () => {
    const closedIn = (strategy: string, end: number) => {
      const plan = release('edge', strategy, {drainTimeout: minutes(1)}, seconds(10))
      const tiers = {edge: proxies(1, {keepAlive: Infinity})}
      const report = play({end, tiers, traffic: {pool: keepAlive('edge', 400, 0)}, release: [plan]})
      return report.connections.pool!.closedIdle
    }
    // The drain begins at 12 s. Of 400 some 200 ± 10 are closed in the first half of ten seconds.
    expect(closedIn('haproxy', seconds(13))).toBe(400)
    expect(Math.abs(closedIn('haproxy-spread', seconds(17)) - 200)).toBeLessThan(50)
    expect(closedIn('haproxy-spread', seconds(23))).toBe(400)
  })
})

describe('reloads in a row', () => {
  const generation = 100_000_000
  const reloads = (preset: string, times: number, more: Record<string, string> = {}) => {
    // 2,000 users of an hour each: 0.56 come every second, some ten of them between two reloads.
    const plan = release('edge', preset, {drainTimeout: Infinity, again: seconds(20), times, ...more}, seconds(10))
    const traffic = {chat: websockets('edge', 2_000, exponential(hours(1)))}
    const tiers = {edge: proxies(1, {memory: {process: generation, connection: 0}})}
    const {tiers: report, disruption} = play({end: minutes(2), tiers, traffic, release: [plan]})
    const {processes, memory} = report.edge!
    return {...processes, memory: memory.peak / generation, disrupted: disruption.count}
  }

  test.each([1, 2, 3])(
    'pile up generations: %i more of NGINX or HAProxy, and each leaves a process with its tunnels',
    n => {
      // The process of the beginning, those of n + 1 reloads, and all of their memory.
      const piled = {old: 1, new: n + 1, memory: n + 2, disrupted: 0}
      for (const preset of ['nginx', 'haproxy']) expect([preset, reloads(preset, n)]).toEqual([preset, piled])
    },
  )

  test('wait for the process before them where the program says so: Proxygen, tableflip', () => {
    const waiting = {old: 1, new: 1, memory: 2}
    for (const preset of ['proxygen', 'tableflip']) expect(reloads(preset, 3, {tunnels: 'stay'})).toMatchObject(waiting)
  })
})
