import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import * as distributions from '../../sim/engine/distributions.ts'
import {millis, seconds} from '../../sim/engine/time.ts'
import type {CommandsWorkload, FaultOptions, StoreOptions} from '../../sim/net/options.ts'
import {run} from '../../sim/run.ts'
import type {OptionValue, Scenario} from '../../sim/scenario/scenario.ts'
import {strategies} from '../../sim/strategies/index.ts'
import type {Strategy} from '../../sim/strategies/strategy.ts'
import {between, oneOf} from '../arbitrary/basics.ts'
import {Auditor} from '../auditor.ts'
import {release, scenario} from '../harness.ts'
import {range} from '../oracles/statistics.ts'
import {commands, redis} from './sample.ts'

const numRuns = Number(process.env.LAWS_RUNS ?? '20')
const end = seconds(40)

const store: fc.Arbitrary<Partial<StoreOptions>> = fc.record({
  lag: oneOf(distributions.fixed(0), distributions.exponential(millis(200)), distributions.fixed(seconds(2))),
  backlog: oneOf(0, 1e4, 1e6),
  outputBuffer: oneOf(1e3, 1e6),
  fork: oneOf(0, millis(300)),
  persist: oneOf(0, seconds(1), Infinity),
  minReplicas: fc.record({count: oneOf(0, 0, 1), maxLag: oneOf(0, seconds(3))}),
  sentinel: fc.record({
    downAfter: oneOf(seconds(3), Infinity),
    vote: fc.constant(distributions.uniform(0, seconds(1))),
    convert: oneOf(0, seconds(3)),
  }),
})

const app: fc.Arbitrary<CommandsWorkload> = fc
  .record({
    hosts: oneOf(1, 5),
    reads: fc.constant({kind: 'constant' as const, perSecond: 20}),
    keys: oneOf(1, 50, 1_000),
    connectTimeout: oneOf(millis(200), seconds(1)),
    requestTimeout: oneOf(millis(1), millis(500), seconds(20)),
    ttl: oneOf(0, seconds(4)),
    blocking: oneOf(0, seconds(4)),
    idempotent: fc.boolean(),
    attempts: oneOf(0, 3),
  })
  .map(({attempts, ...rest}) => commands(20, {...rest, retry: {...commands(1).retry, attempts}}))

const faults = (hosts: number): fc.Arbitrary<FaultOptions[]> =>
  fc.array(
    fc.record({
      kind: oneOf('host-dies' as const, 'host-stalls' as const, 'host-isolated' as const),
      tier: fc.constant('redis'),
      host: fc.integer({min: 0, max: hosts - 1}),
      at: between(0, seconds(30)),
      lasts: fc.oneof(between(1, seconds(8)), fc.constant(Infinity)),
    }),
    {maxLength: 3},
  )

const options = (force: boolean): Record<string, OptionValue> => ({
  clientsMove: seconds(3),
  writePause: seconds(4),
  silence: seconds(5),
  syncTimeout: seconds(2),
  force,
})

/** New nodes are there, and in sync, one after the other. */
const boots = [
  distributions.fixed(0),
  distributions.uniform(0, seconds(6)),
  distributions.uniform(seconds(1), seconds(15)),
] as const

/** With trouble hosts fail, and a replica may never get through with a snapshot. */
const stores = (strategy: string, trouble: boolean): fc.Arbitrary<Scenario> =>
  fc
    .record({hosts: oneOf(1, 2, 3), store, app, boot: oneOf(...boots), force: fc.boolean()})
    .chain(({hosts, store, app, boot, force}) =>
      (trouble ? faults(hosts) : fc.constant([])).map(faults =>
        scenario({
          end,
          tiers: {redis: redis(hosts, trouble ? store : {...store, outputBuffer: 1e6}, boot)},
          traffic: {app},
          faults,
          release: [release('redis', strategy, options(force), seconds(5))],
        }),
      ),
    )

/** Old nodes die while new ones come up, the primary after its replicas, so that Sentinel takes one of the new ones. */
const shaky = (strategy: string): fc.Arbitrary<Scenario> =>
  fc.record({hosts: oneOf(2, 3), store, app, force: fc.boolean()}).chain(({hosts, store, app, force}) =>
    fc.tuple(...range(hosts).map(death)).map(faults =>
      scenario({
        end,
        tiers: {redis: redis(hosts, {...store, ...watched}, distributions.uniform(seconds(1), seconds(20)))},
        traffic: {app},
        faults,
        release: [release('redis', strategy, options(force), seconds(5))],
      }),
    ),
  )

const watched: Partial<StoreOptions> = {
  outputBuffer: 1e6,
  sentinel: {downAfter: seconds(1), vote: distributions.uniform(0, seconds(1)), convert: seconds(3)},
}

const death = (host: number): fc.Arbitrary<FaultOptions> =>
  fc.record({
    kind: fc.constant('host-dies' as const),
    tier: fc.constant('redis'),
    host: fc.constant(host),
    at: host === 0 ? between(seconds(15), seconds(22)) : between(seconds(5), seconds(14)),
    lasts: fc.oneof(between(seconds(1), seconds(20)), fc.constant(Infinity)),
  })

/** What holds for every way to switch, whatever happens meanwhile. */
function audit(scenario: Scenario, seed: number): void {
  const auditor = new Auditor()
  const told = run(scenario, {seed, witnesses: [auditor]})
  const {app: traffic} = told.report.traffic
  const {redis: data} = told.report.stores!
  const {started, completed, refused, reset, aborted, timedOut, failed, misrouted, open} = traffic!
  expect(started).toBe(completed + refused + reset + aborted + timedOut + failed + misrouted + open)
  expect(data!.acknowledged).toBe(data!.kept + data!.lost + data!.overwritten)
  expect(data!.acknowledged).toBeLessThanOrEqual(completed)
  expect(data!.staleReads + data!.acknowledged).toBeLessThanOrEqual(completed)
  expect(data!.delayed.count).toBeLessThanOrEqual(data!.acknowledged)
  expect(auditor.findings).toEqual([])
  // The auditor looks in events of its own.
  const {engine: _, ...again} = run(scenario, {seed}).report
  expect(told).toMatchObject({report: again})
}

describe.each(strategies.filter(({suits}) => suits.includes('store')) as Strategy[])('under $name', ({name}) => {
  test('each command ends once, each acknowledged write is kept, lost or overwritten, and a run repeats itself', () => {
    fc.assert(fc.property(stores(name, true), fc.integer({min: 1, max: 1e6}), audit), {numRuns, seed: 1})
  })

  test('so it is where old nodes die while new ones come up, and the name leads to one that was not stopped', () => {
    fc.assert(fc.property(shaky(name), fc.integer({min: 1, max: 1e6}), audit), {numRuns, seed: 1})
  })

  test('without faults the store is served at the end, by as many nodes as before, all of one version', () => {
    fc.assert(
      fc.property(stores(name, false), fc.integer({min: 1, max: 1e6}), (scenario, seed) => {
        const {report} = run(scenario, {seed})
        const {hosts} = scenario.world.tiers.redis!
        expect(report.release.redis!.finishedAt).not.toBeNull()
        // Where it came to nothing, the old ones are there as before, and serve.
        expect([
          {old: 0, new: hosts},
          {old: hosts, new: 0},
        ]).toContainEqual(report.tiers.redis!.processes)
        expect(report.stores!.redis!.withoutPrimary).toBeLessThan(20)
      }),
      {numRuns, seed: 1},
    )
  })
})
