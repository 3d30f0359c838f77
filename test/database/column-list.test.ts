import {describe, expect, test} from 'vitest'
import {fixed} from '../../sim/engine/distributions.ts'
import {millis, seconds, toSeconds} from '../../sim/engine/time.ts'
import type {AppVersion} from '../../sim/net/database/options.ts'
import {causeOf} from '../../sim/net/events.ts'
import {database, http, l4lb, probe, reads, release, renaming, servers, uses} from '../harness.ts'
import {agree, sum} from '../oracles/statistics.ts'
import {watch} from '../oracles/watch.ts'

const rate = 200
const hosts = 4
const end = 120

interface Change {
  readonly strategy: string
  readonly versions: readonly AppVersion[]
  readonly columnCache: number
  readonly after?: number
  readonly rows?: number
}

/** Servers that boot in 2 s, one after the other from 10 s on, and a table with a name and a nickname. */
function change({strategy, versions, columnCache, after, rows = 1_000}: Change) {
  const behind = l4lb({pick: 'random', probe: probe({interval: millis(1), fall: 1, rise: 1})})
  const quick = {surge: 1, unavailable: 0, propagation: fixed(0), preStop: seconds(1)}
  const fails: number[] = []
  /** When each of the new processes was up, and read the columns. */
  const ready = new Map<number, number>()
  let altered = 0
  const {report} = watch(
    {
      end: seconds(end),
      tiers: {
        app: servers(hosts, {behind, database: uses({versions, columnCache})}),
        db: database({tables: {users: {rows, columns: ['name', 'nickname']}}}),
      },
      traffic: {web: http('app', rate)},
      release: [release('app', strategy, after === undefined ? quick : {...quick, after})],
    },
    1,
    {
      control(at, event) {
        if (event.kind === 'alter' && event.state === 'done') altered = toSeconds(at)
        if (event.kind !== 'process') return
        if (event.state === 'serving' && at > 0) ready.set(event.process, toSeconds(at))
        if (event.state === 'gone') ready.delete(event.process)
      },
      ended(at, ...[, , , , cause]) {
        if (cause === causeOf('schema-error')) fails.push(toSeconds(at))
      },
    },
  )
  const ages = [...ready.values()].map(at => altered - at)
  return {report, fails, altered, ages, later: fails.filter(at => at > altered)}
}

const named = (nickname: Partial<AppVersion>): AppVersion => ({...reads('name').writes('name'), ...nickname})
const dropped = {strategy: 'schema-migration', versions: [named({requires: ['nickname']}), named({})]}

describe('a process that keeps a list of the columns', () => {
  test('names one that was dropped until its list is as old as it may be: λ × (life − age), of its share', () => {
    const life = 40
    const {fails, ages, altered} = change({...dropped, columnCache: seconds(life)})
    expect(ages).toHaveLength(hosts)
    // The youngest was read as the last server was up, and the drop waits for its predecessor.
    expect(Math.max(...ages)).toBeLessThan(life)
    const wanted = (rate / hosts) * sum(ages.map(age => life - age))
    agree(fails.length, wanted, Math.sqrt(wanted))
    expect(Math.min(...fails)).toBeGreaterThanOrEqual(altered)
    expect(Math.max(...fails)).toBeLessThanOrEqual(altered + life - Math.min(...ages) + 0.01)
  })

  test('names it for ever if it never reads them again', () => {
    const {fails, altered} = change({...dropped, columnCache: Infinity})
    const wanted = rate * (end - altered)
    agree(fails.length, wanted, Math.sqrt(wanted))
  })

  test('names nothing that its program does without where it is absent (ignored_columns)', () => {
    const versions = [dropped.versions[0]!, named({tolerates: ['nickname']})]
    expect(change({...dropped, versions, columnCache: Infinity}).fails).toEqual([])
  })

  test('has not heard of a new one that its program needs, until it reads them again', () => {
    const life = 40
    // The old name, which is on its list as well, does no harm.
    const fresh = {...reads('full_name').writes('full_name'), tolerates: ['name']}
    const renamed = {strategy: 'rename-in-one-step', versions: [renaming[0]!, fresh], after: hosts}
    const {later, ages} = change({...renamed, columnCache: seconds(life)})
    const wanted = (rate / hosts) * sum(ages.map(age => life - age))
    agree(later.length, wanted, Math.sqrt(wanted))
    expect(change({...renamed, columnCache: 0}).later.length).toBeLessThan(5)
  })

  test('leaves out what it has not heard of and its program tolerates, and rows differ', () => {
    // Of a million rows hardly one is written twice. Those that old servers write after the ADD have the new column only
    // where these know it: for 2 s each (4 − k) / 4 of them are old, and half of the requests write.
    const both = {...reads('name').writes('name', 'full_name'), tolerates: ['full_name']}
    const added = {strategy: 'drop-before-code', versions: [both, both], rows: 1_000_000}
    const differ = (columnCache: number) => change({...added, columnCache}).report.databases!.db!.divergentRows.end
    const wanted = (rate / 2) * 2 * sum([4, 3, 2, 1].map(old => old / hosts))
    agree(differ(Infinity) - differ(0), wanted, Math.sqrt(wanted) + wanted / 50)
  })

  test('that keeps none is wrong for no longer than the column is absent', () => {
    expect(change({...dropped, columnCache: 0}).fails).toEqual([])
  })
})

describe('a version that needs a column which is absent', () => {
  const absent = (tolerates: readonly string[]) => {
    const versions = [named({requires: ['nickname'], tolerates}), named({})]
    return change({strategy: 'drop-before-code', versions, columnCache: 0}).fails.length
  }

  test('fails all that it is asked meanwhile, λ × the time for which it is there', () => {
    // Dropped at 10.01 s; while k of 4 hosts are new, for 2 s each, (4 − k) / 4 of the requests go to old ones.
    const wanted = rate * 2 * sum([4, 3, 2, 1].map(old => old / hosts))
    agree(absent([]), wanted, Math.sqrt(wanted) + wanted / 1_000)
  })

  test('fails none if it tolerates that', () => {
    expect(absent(['nickname'])).toBe(0)
  })
})
