import type {Time} from '../../engine/time.ts'
import {ColumnList} from './column-list.ts'
import type {Database} from './database.ts'
import type {AppVersion, DatabaseUse} from './options.ts'
import {ConnectionPool} from './pool.ts'
import type {Table} from './table.ts'

/** What the processes of a server have in common: the database that they use, and what each version does with its table. */
export class Program {
  readonly use: DatabaseUse
  readonly database: Database
  readonly table: Table
  /** From when on the first version could not be brought back without errors or old values; Infinity while it could. */
  unsafeAt: Time = Number.POSITIVE_INFINITY

  constructor(use: DatabaseUse, database: Database) {
    this.use = use
    this.database = database
    this.table = database.tables.get(use.table)!
  }

  /** The number of the version that a migration ends with: there is always a release, though it may change nothing here. */
  get last(): number {
    return Math.max(1, this.use.versions.length - 1)
  }

  /** What a process does that was started as the k-th version; from the last version on they are all alike. */
  version(k: number): AppVersion {
    const {versions} = this.use
    return versions[Math.min(k, versions.length - 1)]!
  }

  openPool(now: Time): ConnectionPool {
    const {columnCache, pool} = this.use
    const columns = columnCache > 0 ? new ColumnList(this.table, columnCache, now) : undefined
    return new ConnectionPool(this.database, pool, columns)
  }

  /** Columns that versions to come use and the table does not have. */
  get adds(): readonly string[] {
    const used = this.use.versions.flatMap(used => columnsOf(used))
    return [...new Set(used)].filter(column => this.table.missing([column]) !== undefined)
  }

  /** Columns of the table that earlier versions use and the last one does not. */
  get drops(): readonly string[] {
    const used = this.use.versions.flatMap(used => columnsOf(used))
    const kept = columnsOf(this.version(this.last))
    return this.table.names.filter(column => used.includes(column) && !kept.includes(column))
  }

  /** A row was written: would the first version read it right? */
  wrote(now: Time, row: number): void {
    if (now < this.unsafeAt && this.table.isStale(row, this.version(0).reads)) this.unsafeAt = now
  }

  /** The columns are others than before: would the first version still find its own? */
  altered(now: Time): void {
    const first = this.version(0)
    const named = [...namedBy(first, false), ...namedBy(first, true)]
    if (now < this.unsafeAt && this.table.missing(named) !== undefined) this.unsafeAt = now
  }
}

/** The columns without which a statement of a version is an error. */
export function namedBy({reads, writes, requires, tolerates}: AppVersion, isWrite: boolean): readonly string[] {
  const named = [...(isWrite ? writes : reads), ...requires]
  return tolerates.length === 0 ? named : named.filter(column => !tolerates.includes(column))
}

const columnsOf = ({reads, writes, requires}: AppVersion): readonly string[] => [...reads, ...writes, ...requires]
