import type {Distribution} from '../../engine/distributions.ts'
import type {Duration} from '../../engine/time.ts'

/** What a database has, and how many it talks to. */
export interface DatabaseOptions {
  readonly tables: Readonly<Record<string, TableOptions>>
  /** Connections that it accepts; a further one is refused (PostgreSQL: `max_connections`). */
  readonly maxConnections: number
}

export interface TableOptions {
  readonly rows: number
  /** Those that there are when the run begins. */
  readonly columns: readonly string[]
}

/** How the requests of a server use a database: each is one query for one row. */
export interface DatabaseUse {
  readonly to: string
  readonly table: string
  /** Connections that each process opens. */
  readonly pool: number
  /** How long a query is at work once it has its lock, the way there and back included. */
  readonly query: Distribution
  /** The share of queries that write. */
  readonly writes: number
  /**
   * How long a process goes by the columns of the table as it has read them, and names them all in every statement; 0: it keeps
   * no list, and names what its version says.
   */
  readonly columnCache: Duration
  /** What the program does with the table: before any release, and after one, two … of its releases. */
  readonly versions: readonly AppVersion[]
}

/** What one version of a program does with the columns of a table. */
export interface AppVersion {
  /** A read takes the first of these that has a value (`COALESCE`). */
  readonly reads: readonly string[]
  /** A write gives all of these the same new value. */
  readonly writes: readonly string[]
  /** What every statement names besides, as an ORM does that lists all columns that it knows. */
  readonly requires: readonly string[]
  /** What it does without where it is absent. */
  readonly tolerates: readonly string[]
}
