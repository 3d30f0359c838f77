import {type Time, toSeconds} from '../engine/time.ts'
import type {Database} from '../net/database/database.ts'
import type {Tally} from '../net/database/tally.ts'
import {Histogram} from './histogram.ts'
import type {DatabaseReport} from './report.ts'

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
