import {Condition, type Script, sleep, until, untilAny} from '../../engine/script.ts'
import type {Duration, Time} from '../../engine/time.ts'
import {backoff} from '../client/backoff.ts'
import type {ActorId, AlterState} from '../events.ts'
import type {BackoffOptions} from '../options.ts'
import type {World} from '../world.ts'
import {Curve} from './curve.ts'
import type {Lock} from './lock-queue.ts'
import type {DatabaseOptions, DatabaseUse} from './options.ts'
import {Program} from './program.ts'
import {type Stretch, Table} from './table.ts'
import {Tally} from './tally.ts'

/** A statement that changes a table's columns. */
export type Alteration =
  | {readonly kind: 'add' | 'drop'; readonly column: string}
  | {readonly kind: 'rename'; readonly column: string; readonly to: string}

/** How long ALTER TABLE waits for its lock (`lock_timeout`), when it tries again, and how long it takes then. */
export interface AlterHow {
  readonly lockTimeout: Duration
  readonly retry: BackoffOptions
  readonly takes: Duration
}

/** In which steps old rows are copied: which, rows at a time, time for one of them, and the wait between two steps. */
export interface BackfillHow {
  readonly which: Stretch['which']
  readonly rows: number
  readonly rowTime: Duration
  readonly delay: Duration
}

/** An SQL database: tables, the locks on them, and so many connections. */
export class Database {
  readonly name: string
  readonly options: DatabaseOptions
  readonly tables = new Map<string, Table>()
  readonly programs: Program[] = []
  readonly tally = new Tally()
  /** Rows whose copies differ, and queries that wait for a lock, over time. */
  readonly divergent: Curve
  readonly blocked: Curve
  readonly connections: Curve
  private open = 0
  /** Locks of reports that are read at the moment. */
  private readonly reports: Lock[] = []
  private readonly world: World

  constructor(world: World, name: string, options: DatabaseOptions) {
    const {end, resolution, tiers} = world.options
    this.world = world
    this.name = name
    this.options = options
    this.divergent = new Curve(end, resolution)
    this.blocked = new Curve(end, resolution)
    this.connections = new Curve(end, resolution)
    const uses = Object.values(tiers).flatMap(({database}) => (database?.to === name ? database : []))
    for (const [table, it] of Object.entries(options.tables)) {
      const versions = uses.flatMap(use => (use.table === table ? use.versions : []))
      this.tables.set(table, new Table(table, it, versions))
    }
  }

  /** A server is to use it so. */
  serve(use: DatabaseUse): Program {
    const program = new Program(use, this)
    this.programs.push(program)
    return program
  }

  /** Somebody connects. False: there are too many already. */
  connects(): boolean {
    if (this.open >= this.options.maxConnections) {
      this.tally.refused++
      return false
    }
    this.count(1)
    return true
  }

  disconnected(connections: number): void {
    this.count(-connections)
  }

  private count(change: number): void {
    this.open += change
    this.tally.peakConnections = Math.max(this.tally.peakConnections, this.open)
    this.connections.set(this.world.sim.now, this.open)
  }

  /** Rows have changed, or who waits for them. */
  changed(): void {
    const {now} = this.world.sim
    let divergent = 0
    let blocked = 0
    for (const table of this.tables.values()) {
      divergent += table.divergent
      blocked += table.locks.length
    }
    this.tally.differ(now, divergent)
    this.divergent.set(now, divergent)
    this.blocked.set(now, blocked)
  }

  /** A row was written. */
  wrote(table: Table, row: number): void {
    for (const program of this.programs) if (program.table === table) program.wrote(this.world.sim.now, row)
    this.changed()
  }

  /** A report reads all tables, or is done with one that it read. */
  report(begins: boolean): void {
    const {now} = this.world.sim
    if (begins) for (const {locks} of this.tables.values()) this.reports.push(locks.ask(now, 'access-share', () => {}))
    else for (const [k, {locks}] of [...this.tables.values()].entries()) locks.release(this.reports[k]!)
    if (!begins) this.reports.splice(0, this.tables.size)
    this.changed()
  }

  /**
   * ALTER TABLE. It waits for all who use the table, and whoever comes later waits behind it. When `lockTimeout` is over it
   * gives up and lets them through, and tries again after a while. Once it is `halted` it waits no longer, neither for its
   * lock nor to try again; what has its lock is done.
   */
  *alter(table: Table, alteration: Alteration, how: AlterHow, halted: Condition): Script {
    const random = this.world.sim.random(`alter/${this.name}`)
    const statement = statementOf(table.name, alteration)
    for (let tries = 0; !halted.holds; tries++) {
      const lock = yield* this.lock(table, statement, how.lockTimeout, halted)
      if (lock !== undefined) {
        yield* sleep(how.takes)
        this.apply(table, alteration)
        this.tell(statement, 'done')
        table.locks.release(lock)
        return this.changed()
      }
      yield* until(halted, {within: backoff(how.retry, tries, 0, random)})
    }
  }

  private *lock(table: Table, statement: string, lockTimeout: Duration, halted: Condition): Script<Lock | undefined> {
    const asked = this.world.sim.now
    const granted = new Condition()
    this.tell(statement, 'waits')
    const lock = table.locks.ask(asked, 'access-exclusive', () => granted.set(true))
    this.changed()
    const isOver = yield* untilAny([granted, halted], {within: lockTimeout})
    const state = granted.holds ? 'holds' : isOver ? 'is cancelled' : 'times out'
    this.tally.altered(this.world.sim.now - asked, state)
    this.tell(statement, state)
    if (state === 'holds') return lock
    table.locks.release(lock)
    this.changed()
    return undefined
  }

  private apply(table: Table, alteration: Alteration): void {
    if (alteration.kind === 'rename') table.rename(alteration.column, alteration.to)
    else table[alteration.kind](alteration.column)
    for (const program of this.programs) if (program.table === table) program.altered(this.world.sim.now)
  }

  /** Copies a column into another, some rows at a time, until all are done or it is `halted`. */
  *backfill(table: Table, from: string, to: string, how: BackfillHow, halted: Condition): Script {
    const {which, rows, rowTime, delay} = how
    for (let first = 0; first < table.rows && !halted.holds; first += rows) {
      const count = Math.min(rows, table.rows - first)
      const granted = new Condition()
      const lock = table.locks.ask(this.world.sim.now, 'row-exclusive', () => granted.set(true))
      yield* until(granted)
      yield* sleep(count * rowTime)
      table.copy(from, to, {first, count, which})
      table.locks.release(lock)
      this.changed()
      yield* sleep(delay)
    }
  }

  private tell(statement: string, state: AlterState): void {
    this.world.control({kind: 'alter', host: this.host, statement, state})
  }

  private get host(): ActorId {
    return this.world.fleet(this.name).hosts[0]!.actor
  }

  conclude(now: Time): void {
    for (const curve of [this.divergent, this.blocked, this.connections]) curve.hold(now)
  }
}

const statementOf = (table: string, it: Alteration): string => {
  if (it.kind === 'rename') return `ALTER TABLE ${table} RENAME ${it.column} TO ${it.to}`
  return `ALTER TABLE ${table} ${it.kind === 'add' ? 'ADD' : 'DROP'} ${it.column}`
}
