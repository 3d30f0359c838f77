import * as v from 'valibot'
import type {Distribution} from '../engine/distributions.ts'
import {fixed} from '../engine/distributions.ts'
import type {AppVersion, DatabaseUse, TableOptions} from '../net/database/options.ts'
import type {TierOptions} from '../net/options.ts'
import {type Field, map, named, type Schema} from './map.ts'
import {duration, fraction, whole} from './quantity.ts'

const wantedColumn = 'the name of a column: a letter or _, then letters, digits and _, 40 at most'
const column = v.pipe(v.string(wantedColumn), v.regex(/^[A-Za-z_][A-Za-z0-9_]{0,39}$/, wantedColumn))
const columns = v.array(column, 'a list of columns')

const table: Schema<TableOptions> = map({
  rows: [whole(1, 1_000_000), 'Rows, each as likely as the other to be read or written.'],
  columns: [
    v.pipe(columns, v.minLength(1, 'at least one column')),
    'Columns that there are when the run begins. Those that programs write hold copies of one value.',
  ],
})

/** What a database has and others have not. */
export const databaseFields = {
  tables: [
    v.pipe(named('table', table), v.minEntries(1, 'at least one table')),
    'What it keeps, by the names of tables.',
  ],
  maxConnections: [
    v.optional(whole(1, 1_000_000), 100),
    'Connections that it accepts; a further one is refused (PostgreSQL: max_connections).',
  ],
} as const satisfies Record<string, Field>

const version: Schema<AppVersion> = map({
  reads: [columns, 'A read takes the first of these columns that has a value.'],
  writes: [columns, 'A write gives all of these columns the same new value.'],
  requires: [v.optional(columns, []), 'What every statement names besides, as an ORM does that lists all columns.'],
  tolerates: [v.optional(columns, []), 'Columns that it does without where they are absent.'],
})

/** How a server uses a database. */
export const databaseUse = (law: Schema<Distribution>): Schema<DatabaseUse> =>
  map({
    to: [v.pipe(v.string('a tier'), v.minLength(1, 'a tier')), 'The tier of kind database that it asks.'],
    table: [v.pipe(v.string('a table'), v.minLength(1, 'a table')), 'The table that it asks about.'],
    pool: [v.optional(whole(1, 100_000), 10), 'Connections that each process opens.'],
    query: [
      v.optional(law, '2ms'),
      'How long a query is at work once it has its lock, the way there and back included.',
    ],
    writes: [v.optional(fraction(), '20%'), 'The share of queries that write.'],
    columnCache: [
      v.optional(duration({none: true}), '0s'),
      'For how long a process goes by its list of the columns, as it read it when it started or last; its statements name all of them. 0s: it keeps none; none: until it ends, as ORMs do.',
    ],
    versions: [
      v.pipe(v.array(version, 'a list of versions'), v.minLength(1, 'at least one version')),
      'What the program does with the table: before any release, and after one, two … of them.',
    ],
  })

/** Its machine is one that is never short of anything. */
const machine: Omit<TierOptions, 'kind'> = {
  hosts: 1,
  cores: 1,
  boot: {time: fixed(0), cores: 0, warmup: 0, slowdown: 1},
  cpu: {handshake: 0, request: 0},
  memory: {process: 0, connection: 0},
  backlog: 0,
  closeTime: 0,
  queue: Number.POSITIVE_INFINITY,
  keepAlive: Number.POSITIVE_INFINITY,
  frontTimeout: Number.POSITIVE_INFINITY,
  idleClose: {when: 'drain', spread: 0},
  saysClose: true,
  link: {latency: fixed(0), loss: 0},
}

/** The tier that a file's database makes. */
export const databaseTier = (holds: NonNullable<TierOptions['holds']>): TierOptions => ({
  ...machine,
  kind: 'database',
  holds,
})
