import {type Time, toSeconds} from '../engine/time.ts'
import type {Database} from '../net/database/database.ts'
import type {Tally} from '../net/database/tally.ts'
import {Histogram} from './histogram.ts'

/** What became of the queries and the rows of a database. Schema errors are among neither reads nor writes. */
export interface DatabaseReport {
  readonly reads: number
  readonly writes: number
  /** Queries that named a column that was not there. */
  readonly schemaErrors: number
  /** Reads whose value had been overwritten by a write that was acknowledged, or that found none. */
  readonly staleReads: number
  /**
   * Rows of which some copy is not the newest value, or has none: the most at a time, those at the end, and the seconds from
   * the first such row until there was none again; null if there never was one, or always one since.
   */
  readonly divergentRows: {readonly peak: number; readonly end: number; readonly parityAfter: number | null}
  /** Rows at the end of which no column has the newest value any more. */
  readonly lostRows: number
  /** Queries that had to wait for their lock, and of all queries how long, in seconds. */
  readonly lockWait: {readonly blocked: number; readonly p99: number; readonly longest: number}
  /** ALTER TABLE: tries, those given up when lock_timeout was over, and the longest wait for a lock in seconds. */
  readonly alter: {readonly tries: number; readonly timedOut: number; readonly longestWait: number}
  /** Connections at a time, and tries that were refused for there were too many. */
  readonly connections: {readonly peak: number; readonly refused: number}
  /**
   * Seconds from the begin of the release for which the first version could have been brought back without errors and
   * without reading old values; until the end of the run if that never ended. Null if nothing is released.
   */
  readonly rollbackSafe: number | null
}

/** `startedAt`: when the first release of a server that uses the database began; null if none did. */
export function databaseReport({tally, programs, tables}: Database, startedAt: Time | null, end: Time): DatabaseReport {
  const {reads, writes, schemaErrors, staleReads, refused, peakConnections, alter} = tally
  const unsafeAt = Math.min(end, ...programs.map(it => it.unsafeAt))
  const all = [...tables.values()]
  return {
    reads,
    writes,
    schemaErrors,
    staleReads,
    divergentRows: divergentRows(
      tally,
      all.reduce((sum, {divergent}) => sum + divergent, 0),
    ),
    lostRows: all.reduce((sum, {lost}) => sum + lost, 0),
    lockWait: lockWait(tally, reads + writes + schemaErrors),
    alter: {tries: alter.tries, timedOut: alter.timedOut, longestWait: toSeconds(alter.longestWait)},
    connections: {peak: peakConnections, refused},
    rollbackSafe: startedAt === null ? null : toSeconds(Math.max(0, unsafeAt - startedAt)),
  }
}

function divergentRows({peakDivergent, differedAt, alikeAt}: Tally, end: number): DatabaseReport['divergentRows'] {
  const isParity = differedAt !== undefined && alikeAt !== undefined
  return {peak: peakDivergent, end, parityAfter: isParity ? toSeconds(alikeAt - differedAt) : null}
}

/** Of all queries, most of which wait for nothing. */
function lockWait({waits}: Tally, queries: number): DatabaseReport['lockWait'] {
  const histogram = new Histogram()
  for (const wait of waits) histogram.add(wait)
  for (let k = waits.length; k < queries; k++) histogram.add(0)
  return {blocked: waits.length, p99: toSeconds(histogram.quantile(0.99) ?? 0), longest: toSeconds(histogram.max)}
}
