import {type Script, together, until} from '../engine/script.ts'
import type {Fleet} from '../net/host/fleet.ts'
import {adding, alter, dropping, migrations, rollOut, type Told as Tolds} from './migrations.ts'
import {choice, count, duration, type Values} from './option.ts'
import {strategy} from './strategy.ts'

const options = {
  ...migrations,
  backfills: choice(
    'differing',
    ['differing', 'empty'],
    'which rows are copied: all that differ, or those with no new value',
  ),
  backfillRows: count(1_000, 'rows that one step of the backfill copies'),
  backfillRowTime: duration(20, 'time that it takes to copy a row'),
  backfillDelay: duration(0, 'wait between two steps of the backfill'),
  contractAfter: choice(
    'last request',
    ['last request', 'deploy finished'],
    'what a step waits for: that no process of an older version is at work any more, or that none gets new work',
  ),
} as const

type Told = Values<typeof options> & Tolds

/** What the versions of a program after the first are for, where it has four. */
const rollouts = ['S2 dual write', 'S5 read new', 'S6 stop writing old']

/**
 * Expand and contract, or parallel change: columns come before the code that needs them, and go after the last request of
 * the code that does. Between the first version that writes new columns and the next one old rows are copied.
 *
 *     S0 ─ add ─► S1 ─ version 1 ─► S2 ─ copy ─► S3 ─ compare ─► S4 ─ version 2 ─► S5 ─ version 3 ─► S6 ─ drop ─► S7
 */
export const schemaMigration = strategy({
  name: 'schema-migration',
  summary: 'Add columns, write both, copy old rows, read the new ones, stop writing the old ones, drop them.',
  suits: ['server'],
  needs: 'database',
  options,

  *release(fleet, told) {
    const {adds, drops, last} = fleet.program!

    function* from(version: number): Script {
      if (version > last) return yield* contract()
      fleet.enter(rollouts[version - 1] ?? `version ${version}`)
      yield* rollOut(fleet, told, version, 0, function* () {
        if (told.contractAfter === 'last request') yield* lastRequest(fleet)
        if (version === 1) yield* backfill(fleet, told, drops, adds)
        if (!fleet.halted.holds) yield* from(version + 1)
      })
    }
    function* contract(): Script {
      fleet.enter('S7 contract')
      yield* alter(fleet, told, dropping(drops))
    }
    fleet.enter('S1 expand')
    yield* alter(fleet, told, adding(adds))
    if (!fleet.halted.holds) yield* from(1)
  },
})

/** Holds up whoever comes next until no process of an older version has anything left to do. */
function* lastRequest({everyHost, version}: Fleet): Script {
  const olds = everyHost.flatMap(({processes}) => processes.filter(process => process.version < version))
  yield* together(olds.map(old => until(old.idle)))
}

/** Copies what old columns have into the new ones, and counts the rows that differ all the same. */
function* backfill(fleet: Fleet, told: Told, olds: readonly string[], news: readonly string[]): Script {
  const {database, table} = fleet.program!
  const firstColumn = fleet.program!.version(0).reads[0] ?? ''
  const how = {
    which: told.backfills as 'differing' | 'empty',
    rows: Math.max(1, told.backfillRows),
    rowTime: told.backfillRowTime,
    delay: told.backfillDelay,
  }
  fleet.enter('S3 backfill')
  for (const [k, column] of news.entries())
    yield* database.backfill(table, olds[k] ?? firstColumn, column, how, fleet.halted)
  fleet.enter(`S4 compare: ${table.divergent} rows differ`)
}
