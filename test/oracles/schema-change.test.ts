import {describe, expect, test} from 'vitest'
import {fixed} from '../../sim/engine/distributions.ts'
import {millis, minutes, seconds} from '../../sim/engine/time.ts'
import type {OptionValue} from '../../sim/scenario/scenario.ts'
import {database, http, l4lb, play, probe, reads, release, renaming, servers, uses} from '../harness.ts'
import {agree, binomialDeviation, range, sum} from './statistics.ts'

const rate = 200
const hosts = 20
/** From one new host to the next: 2 s to boot, and 1 ms at most until it is in rotation. */
const step = 2
const behind = l4lb({pick: 'random', probe: probe({interval: millis(1), fall: 1, rise: 1})})
const rollout = {surge: 1, unavailable: 0, propagation: fixed(0), preStop: seconds(1)}
/** One statement and one deploy, and no version between the first and the last. */
const inOneStep = [renaming[0]!, renaming.at(-1)!]

const deploy = (strategy: string, options: Record<string, OptionValue>, use = uses(), boot = seconds(step)) =>
  play({
    end: minutes(8),
    tiers: {
      app: servers(hosts, {behind, database: use, boot: {time: fixed(boot), cores: 0, warmup: 0, slowdown: 1}}),
      db: database(),
    },
    traffic: {web: http('app', rate)},
    release: [release('app', strategy, {...rollout, ...options})],
  })

describe('a rename in one step', () => {
  const failed = (after: number) =>
    deploy('rename-in-one-step', {after}, uses({versions: inOneStep})).traffic.web!.causes['schema-error']!
  /** While `k` of the hosts are new, those who have the other name fail: the old ones once it is renamed, the new ones before. */
  const wanted = (after: number) => rate * step * sum(range(hosts).map(k => (k < after ? k : hosts - k) / hosts))

  // A count of independent requests scatters by less than its root (Poisson); an interval of 5 of these, and of the
  // millisecond in 2 s that a step may take longer, holds for all but one seed in a million.
  const deviation = (count: number) => Math.sqrt(count) + count / 1_000

  test.each([
    ['at the start', 0, 21],
    ['at the end', hosts, 19],
    ['half-way', hosts / 2, 10],
  ])('%s costs λT/2, λT/2 and λT/4, and half a step more or less', (_, after, halves) => {
    expect(wanted(after)).toBeCloseTo((rate * step * hosts * halves) / (2 * hosts))
    agree(failed(after), wanted(after), deviation(wanted(after)))
  })

  test('leaves no moment at which one could go back, if it is at the start', () => {
    const {rollbackSafe} = deploy('rename-in-one-step', {}, uses({versions: inOneStep})).databases!.db!
    // The 10 ms of the statement itself.
    expect(rollbackSafe).toBeCloseTo(0.01)
  })
})

describe('expand and contract', () => {
  test('costs nothing if the old column goes after the last request to who needs it', () => {
    const report = deploy('schema-migration', {})
    expect(report.disruption.count).toBe(0)
    expect(report.databases!.db).toMatchObject({
      staleReads: 0,
      lostRows: 0,
      divergentRows: {peak: 1_000, end: 0},
    })
    // Two of three deploys of 20 steps, until the first new server of the third writes; and the copying, which is 20 ms.
    expect(report.databases!.db!.rollbackSafe).toBeGreaterThan(2 * hosts * step)
    expect(report.databases!.db!.rollbackSafe).toBeLessThan(2 * (hosts + 2) * step)
    expect(report.release.app!.duration).toBeGreaterThan(3 * hosts * step)
  })

  test('costs λ × the share of old servers × the overlap if it goes too soon', () => {
    // A removed server still gets work for 5 s, one part in 21; steps of 6 s, so that it is one at a time.
    const dropping = [{...reads('name').writes('name'), requires: ['nickname']}, reads('name').writes('name')]
    const {traffic} = play({
      end: minutes(4),
      tiers: {
        app: servers(hosts, {
          behind,
          database: uses({versions: dropping}),
          boot: {time: fixed(seconds(6)), cores: 0, warmup: 0, slowdown: 1},
        }),
        db: database({tables: {users: {rows: 1_000, columns: ['name', 'nickname']}}}),
      },
      traffic: {web: http('app', 1_000)},
      release: [
        release('app', 'schema-migration', {
          ...rollout,
          propagation: fixed(seconds(5)),
          preStop: seconds(6),
          contractAfter: 'deploy finished',
        }),
      ],
    })
    const overlap = 5 - 0.01
    const wanted = (1_000 / (hosts + 1)) * overlap
    agree(traffic.web!.failed, wanted, binomialDeviation(1_000 * overlap, 1 / (hosts + 1)))
  })
})

test('a column that is dropped before the deploy costs as much as one that is renamed at its start', () => {
  const {traffic, databases} = deploy('drop-before-code', {}, uses({versions: inOneStep}))
  const wanted = rate * step * sum(range(hosts).map(k => (hosts - k) / hosts))
  agree(traffic.web!.failed, wanted, Math.sqrt(wanted) + wanted / 1_000)
  // And the values go with it, of all rows that nobody writes since.
  expect(databases!.db!.staleReads).toBeGreaterThan(0)
})

describe('rows that old servers write after they were copied', () => {
  // A removed server gets work for 5 s, one part in 21; half of that writes.
  const copied = (options: Record<string, OptionValue>) =>
    play({
      end: minutes(8),
      tiers: {
        app: servers(hosts, {
          behind,
          database: uses(),
          boot: {time: fixed(seconds(6)), cores: 0, warmup: 0, slowdown: 1},
        }),
        db: database({}, 1_000_000),
      },
      traffic: {web: http('app', rate)},
      release: [
        release('app', 'schema-migration', {
          ...rollout,
          ...options,
          propagation: fixed(seconds(5)),
          preStop: seconds(6),
          backfillRowTime: 0,
        }),
      ],
    }).databases!.db!

  test('are wrong for ever, λ × old share × overlap × the share of writes of them', () => {
    // 24 on average; of a million rows hardly one is written twice.
    const wanted = (rate / (hosts + 1)) * 5 * 0.5
    agree(copied({contractAfter: 'deploy finished'}).lostRows, wanted, Math.sqrt(wanted))
  })

  test('are none if they are copied after the last request of the version that does not know the column', () => {
    expect(copied({})).toMatchObject({lostRows: 0, staleReads: 0, divergentRows: {end: 0}})
  })

  test('are many if rows are copied only where the new column is empty, for both versions have written some', () => {
    // For 120 s of a deploy both write: what a new server wrote and an old one wrote after it is not empty and not right.
    expect(copied({backfills: 'empty'}).lostRows).toBeGreaterThan(0)
  })
})
