import {Condition, type Script, together, until} from '../engine/script.ts'
import {minutes, seconds} from '../engine/time.ts'
import type {Alteration} from '../net/database/database.ts'
import type {Fleet} from '../net/host/fleet.ts'
import {duration, type Options, type Values} from './option.ts'
import {roll, options as rollout} from './rolling-update.ts'

/** How the columns of a table are changed while two versions of a program use it, the same for every way of doing so. */
export const migrations = {
  ...rollout,
  lockTimeout: duration(seconds(0.5), 'time for which ALTER TABLE waits for its lock before it lets others through'),
  retryBase: duration(seconds(1), 'wait before it tries again for the first time; it doubles, with jitter'),
  retryCap: duration(minutes(1), 'the longest such wait'),
  alterTime: duration(seconds(0.01), 'time that ALTER TABLE takes once it has its lock'),
} as const satisfies Options

export type Told = Values<typeof migrations>

/** Has the table of a fleet's database altered, one statement after the other, unless the release is halted. */
export function* alter(fleet: Fleet, told: Told, alterations: readonly Alteration[]): Script {
  const {database, table} = fleet.program!
  const retry = {base: told.retryBase, factor: 2, cap: told.retryCap, jitter: 'equal'} as const
  for (const alteration of alterations)
    if (!fleet.halted.holds)
      yield* database.alter(
        table,
        alteration,
        {lockTimeout: told.lockTimeout, retry, takes: told.alterTime},
        fleet.halted,
      )
}

export const adding = (columns: readonly string[]) => columns.map(column => ({kind: 'add', column}) as const)
export const dropping = (columns: readonly string[]) => columns.map(column => ({kind: 'drop', column}) as const)

/**
 * Rolls a version of the program out, and goes on with something else when all but `left` hosts are new ones: with 0 that
 * is when a deploy is said to be finished, though the last old process may still be at work.
 */
export function* rollOut(fleet: Fleet, told: Told, version: number, left: number, next: () => Script): Script {
  const wanted = fleet.hosts.length - left
  const there = new Condition(wanted <= 0)
  fleet.version = version
  function* deploy(): Script {
    yield* roll(fleet, told, (old, fresh) => there.set(there.holds || (old <= left && fresh >= wanted)))
    there.set(true)
  }
  function* goOn(): Script {
    yield* until(there)
    if (!fleet.halted.holds) yield* next()
  }
  yield* together([deploy(), goOn()])
}
