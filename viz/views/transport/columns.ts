import type {Time} from '../../../sim/engine/time.ts'
import {firstAfter} from '../../../sim/trace/ledger.ts'
import {families} from '../../recording/family.ts'
import type {Tally} from '../../recording/tally.ts'

/** What happened in each of so many equal parts of a run: how many disruptions, and which family had most of them. */
export interface Columns {
  readonly counts: Int32Array
  /** Index of `families`; -1 where nothing happened. */
  readonly families: Int8Array
}

/** By bisection from column to column, so that a million disruptions cost little more than a thousand. */
export function columnsOf(tally: Pick<Tally, 'times'>, end: Time, width: number): Columns {
  const columns = {counts: new Int32Array(width), families: new Int8Array(width).fill(-1)}
  const most = new Int32Array(width)
  families.forEach((_, family) => {
    countInto(tally.times(family), end, width, (k, count) => {
      columns.counts[k]! += count
      if (count <= most[k]!) return
      most[k] = count
      columns.families[k] = family
    })
  })
  return columns
}

/** Column k has what happened after k / width of the run and up to (k + 1) / width of it; the first has its beginning, too. */
function countInto(times: Float64Array, end: Time, width: number, put: (k: number, count: number) => void): void {
  let place = 0
  for (let k = 0; k < width && place < times.length; k++) {
    const next = k === width - 1 ? times.length : firstAfter(times, ((k + 1) * end) / width, place)
    if (next > place) put(k, next - place)
    place = next
  }
}

/** How many more there are in each column of the one than of the other; less than none where it is the other way round. */
export const differences = (one: Columns, other: Columns): Int32Array =>
  one.counts.map((count, k) => count - other.counts[k]!)

/** How high a bar for so many is, of 1, where the highest stands for `most`: by the logarithm, and one can always be seen. */
export const heightOf = (count: number, most: number): number => Math.log1p(count) / Math.log1p(Math.max(1, most))
