import type {Report} from '../metrics/report.ts'
import {counts, durations} from './rows.ts'
import type {Table} from './table.ts'

/** What queries met in a database while its columns were changed under them. */
export function databasesTable({databases = {}}: Report): Table {
  const all = Object.values(databases)
  const rows = [
    counts('reads', all, ({reads}) => reads),
    counts('  of an old value', all, ({staleReads}) => staleReads),
    counts('writes', all, ({writes}) => writes),
    counts('schema errors', all, ({schemaErrors}) => schemaErrors),
    counts('rows whose copies differ, most', all, ({divergentRows}) => divergentRows.peak),
    counts('rows whose copies differ, at the end', all, ({divergentRows}) => divergentRows.end),
    durations('first alike again after', all, ({divergentRows}) => divergentRows.parityAfter),
    counts('rows whose newest value is lost', all, ({lostRows}) => lostRows),
    counts('queries that waited for a lock', all, ({lockWait}) => lockWait.blocked),
    durations('wait for a lock, p99', all, ({lockWait}) => lockWait.p99),
    durations('wait for a lock, longest', all, ({lockWait}) => lockWait.longest),
    counts('ALTER TABLE, tries', all, ({alter}) => alter.tries),
    counts('ALTER TABLE, lock timed out', all, ({alter}) => alter.timedOut),
    counts('connections, peak', all, ({connections}) => connections.peak),
    counts('connections refused', all, ({connections}) => connections.refused),
    durations('rollback was safe for', all, ({rollbackSafe}) => rollbackSafe),
  ]
  return {title: 'Databases', columns: Object.keys(databases), rows}
}
