import {causesInWords, outcomesInWords} from '../../../sim/words/causes.ts'
import {counts, durations} from '../../../sim/words/rows.ts'
import type {Table} from '../../../sim/words/table.ts'

/** What a trace without a report says of its traffic. It is from a file: what should be a number may be none. */
export function totalsTable(totals: Readonly<Record<string, unknown>>): Table {
  const all = Object.values(totals)
  const causes = [...new Set(all.flatMap(it => Object.keys(Object(at(it, 'causes')))))]
  const rows = [
    counts('started', all, it => number(it, 'started')),
    counts('completed', all, it => number(it, 'completed')),
    ...Object.entries(outcomesInWords).map(([outcome, words]) => counts(words, all, it => number(it, outcome))),
    {head: 'of these', cells: []},
    ...causes.map(cause => counts(`  ${wordsFor(cause)}`, all, it => number(it, 'causes', cause) ?? 0)),
    counts('open at the end', all, it => number(it, 'open')),
    durations('latency p50', all, it => number(it, 'latency', 'p50')),
    durations('latency p99', all, it => number(it, 'latency', 'p99')),
  ]
  const isBare = (head: string) => head === 'of these' && causes.length === 0
  return {title: 'Traffic', columns: Object.keys(totals), rows: rows.filter(({head}) => !isBare(head))}
}

const wordsFor = (cause: string): string =>
  Object.entries(causesInWords).find(([name]) => name === cause)?.[1].words ?? cause

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined

function number(value: unknown, ...path: readonly string[]): number | null {
  const found = path.reduce(at, value)
  return typeof found === 'number' && Number.isFinite(found) ? found : null
}
