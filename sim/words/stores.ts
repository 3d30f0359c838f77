import type {Report} from '../metrics/report.ts'
import {counts, durations} from './rows.ts'
import type {Table} from './table.ts'

/** What became of the writes that stores acknowledged, a column for each store. */
export function storesTable({stores = {}}: Report): Table {
  const all = Object.values(stores)
  const rows = [
    counts('writes acknowledged', all, ({acknowledged}) => acknowledged),
    counts('  kept', all, ({kept}) => kept),
    counts('  lost', all, ({lost}) => lost),
    counts('  overwritten by an older one', all, ({overwritten}) => overwritten),
    counts('commands executed twice', all, ({duplicated}) => duplicated),
    counts('keys with an older value', all, ({resurrected}) => resurrected),
    counts('keys without a value', all, ({missing}) => missing),
    counts('stale reads', all, ({staleReads}) => staleReads),
    counts('READONLY answers', all, ({readOnly}) => readOnly),
    counts('NOREPLICAS answers', all, ({noReplicas}) => noReplicas),
    counts('writes delayed', all, ({delayed}) => delayed.count),
    durations('  p50', all, ({delayed}) => delayed.p50),
    durations('  p99', all, ({delayed}) => delayed.p99),
    durations('  at most', all, ({delayed}) => delayed.max),
    durations('without a primary', all, ({withoutPrimary}) => withoutPrimary),
    durations('two nodes take writes', all, ({twoPrimaries}) => twoPrimaries),
    counts('full resyncs', all, ({resyncs}) => resyncs.full),
    counts('partial resyncs', all, ({resyncs}) => resyncs.partial),
  ]
  return {title: 'Data', columns: Object.keys(stores), rows}
}
