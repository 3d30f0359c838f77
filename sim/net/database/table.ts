import {LockQueue} from './lock-queue.ts'
import type {AppVersion, TableOptions} from './options.ts'

/** No value: what a column that was added has in rows that nobody has written since. */
const absent = -1

/** Rows that are copied together. */
export interface Stretch {
  readonly first: number
  readonly count: number
  readonly which: 'differing' | 'empty'
}

/**
 * A table whose columns hold copies of one value for each row: what a migration moves from one of them to another. Of a
 * value its stamp is kept, the number of the write that it is from, so that whoever reads an old one is found out.
 */
export class Table {
  readonly name: string
  readonly rows: number
  readonly locks = new LockQueue()
  /** Rows of which some copy is not the newest value, or has none. */
  divergent = 0
  /** Those of which no column that is left has the newest value. */
  lost = 0
  private readonly columns = new Map<string, Int32Array>()
  /** The last write of each row. */
  private readonly newest: Int32Array
  private stamp = 0
  /** Columns that some version writes; others hold something else, of which nothing is known. */
  private readonly copies: ReadonlySet<string>

  constructor(name: string, {rows, columns}: TableOptions, versions: readonly AppVersion[]) {
    this.name = name
    this.rows = rows
    this.newest = new Int32Array(rows)
    this.copies = new Set(versions.flatMap(({writes}) => writes))
    for (const column of columns) this.columns.set(column, new Int32Array(rows))
  }

  get names(): readonly string[] {
    return [...this.columns.keys()]
  }

  /** What a statement names that is not there. */
  missing(named: readonly string[]): string | undefined {
    return named.find(column => !this.columns.has(column))
  }

  write(row: number, columns: readonly string[]): void {
    this.count(row, -1)
    this.newest[row] = ++this.stamp
    for (const column of columns) {
      const stamps = this.columns.get(column)
      if (stamps !== undefined) stamps[row] = this.stamp
    }
    this.count(row, 1)
  }

  /** Whether who takes the first value that these columns have gets one that was overwritten since, or none. */
  isStale(row: number, columns: readonly string[]): boolean {
    for (const column of columns) {
      const stamp = this.columns.get(column)?.[row] ?? absent
      if (stamp !== absent) return stamp !== this.newest[row]!
    }
    return columns.length > 0
  }

  /** ADD COLUMN, without a value in any row. */
  add(column: string): void {
    this.columns.set(column, new Int32Array(this.rows).fill(absent))
    this.recount()
  }

  drop(column: string): void {
    this.columns.delete(column)
    this.recount()
  }

  rename(from: string, to: string): void {
    const stamps = this.columns.get(from)
    if (stamps === undefined) return
    this.columns.delete(from)
    this.columns.set(to, stamps)
    this.recount()
  }

  /** UPDATE … SET to = from, for rows from `first` on: where the two differ, or only WHERE to IS NULL. */
  copy(from: string, to: string, {first, count, which}: Stretch): void {
    const [source, target] = [this.columns.get(from), this.columns.get(to)]
    if (source === undefined || target === undefined) return
    for (let row = first; row < Math.min(first + count, this.rows); row++) {
      if (which === 'empty' && target[row] !== absent) continue
      this.count(row, -1)
      target[row] = source[row]!
      this.count(row, 1)
    }
  }

  private recount(): void {
    this.divergent = 0
    this.lost = 0
    for (let row = 0; row < this.rows; row++) this.count(row, 1)
  }

  private count(row: number, change: 1 | -1): void {
    let all = 0
    let fresh = 0
    for (const [column, stamps] of this.columns) {
      if (!this.copies.has(column)) continue
      all++
      if (stamps[row] === this.newest[row]) fresh++
    }
    if (fresh < all) this.divergent += change
    if (fresh === 0) this.lost += change
  }
}
