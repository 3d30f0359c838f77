import {type Kind, noTimer, type Timer} from '../../engine/simulator.ts'
import {State} from '../connections.ts'
import type {Process} from '../host/process.ts'
import {mix32} from '../murmur3.ts'
import type {World} from '../world.ts'
import {type Lock, waitOf} from './lock-queue.ts'
import type {Customer} from './pool.ts'
import {namedBy, type Program} from './program.ts'

/**
 * What the requests of a server ask its database.
 *
 *     pool ──connection──► lock queue ──lock──► at work ──► answered, or an error
 *       └─ none: failed                                └─► a write is seen, and the connection is free
 *
 * A query goes on when whoever asked has gone away; only with its process does it end before its time.
 */
export class Queries {
  private readonly world: World
  private readonly done: Kind
  private readonly all: (Query | undefined)[] = []
  private readonly free: number[] = []
  private readonly byRow = new Map<number, Query>()

  constructor(world: World) {
    this.world = world
    this.done = world.sim.kind('query-done', id => this.end(this.all[id]!), 'routine')
  }

  /** The request of `row` has to ask the database first. False if its server has none. */
  begin(row: number): boolean {
    const process = this.world.relay.holder(row)
    const {program} = this.world.fleetOf(process.host)
    if (program === undefined) return false
    this.world.connections.state[row] = State.querying
    this.world.exchange.waitInVain(row)
    const query = this.add(row, process, program)
    this.byRow.set(row, query)
    process.database!.take(query)
    return true
  }

  private add(row: number, process: Process, program: Program): Query {
    const {address, startedAt} = this.world.connections
    const id = this.free.pop() ?? this.all.length
    const chance = mix32(address[row]! ^ mix32(startedAt[row]! >>> 0))
    const query = new Query(this, {id, process, program, chance}, row)
    this.all[id] = query
    return query
  }

  /** It has a connection, and asks for its lock. */
  connected(query: Query): void {
    const {now} = this.world.sim
    const mode = query.isWrite ? 'row-exclusive' : 'access-share'
    const {database, table} = query.program
    query.lock = table.locks.ask(now, mode, () => this.granted(query, now))
    database.changed()
  }

  private granted(query: Query, asked: number): void {
    const {sim} = this.world
    const {database, table, use} = query.program
    database.tally.waited(sim.now - asked)
    query.known = query.process.database!.columns?.at(sim.now)
    query.fails = table.missing(query.named) !== undefined || query.misses
    const work = query.fails ? 0 : use.query.sample(sim.random(`query/${query.process.host.tier}`))
    query.timer = sim.in(work, this.done, query.id)
  }

  /** Nobody listens there. */
  turnedAway(query: Query): void {
    const {row} = query
    this.remove(query)
    this.world.exchange.fail(row, 'no-connection')
  }

  private end(query: Query): void {
    const {row, process, fails} = query
    this.settle(query)
    this.remove(query)
    process.database!.put()
    if (row === -1) return
    if (fails) this.world.exchange.fail(row, 'schema-error')
    else this.world.exchange.informed(row)
  }

  /** What it has read or written, and that it needs its lock no more. */
  private settle({program, isWrite, place, columns, fails, lock}: Query): void {
    const {database, table} = program
    const {tally} = database
    if (fails) tally.schemaErrors++
    else if (isWrite) {
      tally.writes++
      table.write(place, columns)
      database.wrote(table, place)
    } else {
      tally.reads++
      if (table.isStale(place, columns)) tally.staleReads++
    }
    table.locks.release(lock!)
    database.changed()
  }

  private remove(query: Query): void {
    this.byRow.delete(query.row)
    this.all[query.id] = undefined
    this.free.push(query.id)
  }

  /** Whoever asked has gone away. */
  abandon(row: number): void {
    const query = this.byRow.get(row)
    if (query === undefined) return
    this.byRow.delete(row)
    query.row = -1
    if (query.process.database!.forget(query)) this.remove(query)
  }

  /** A process is gone, and with it its connections and what it had asked on them. */
  close(process: Process): void {
    for (const query of this.all) if (query?.process === process) this.drop(query)
    process.database?.close()
  }

  private drop(query: Query): void {
    const {lock, timer, program} = query
    this.world.sim.cancel(timer)
    if (lock !== undefined) program.table.locks.release(lock)
    program.database.changed()
    this.remove(query)
  }

  /** The run is over: who still waits for a lock has waited until now. */
  conclude(): void {
    const {now} = this.world.sim
    for (const query of this.all)
      if (query?.lock !== undefined && query.timer === noTimer)
        query.program.database.tally.waited(waitOf(query.lock, now))
    for (const database of this.world.databases.values()) database.conclude(now)
  }
}

interface Asked {
  readonly id: number
  readonly process: Process
  readonly program: Program
  /** From which it follows whether it writes, and which row: the same under every strategy. */
  readonly chance: number
}

/** A statement about one row of a table. */
class Query implements Customer {
  readonly id: number
  readonly process: Process
  readonly program: Program
  readonly isWrite: boolean
  /** The row of the table. */
  readonly place: number
  /** Whose request it is for; -1 once nobody waits for it. */
  row: number
  lock?: Lock
  timer: Timer = noTimer
  fails = false
  /** The columns that its process believed in when it got its lock, if that keeps a list. */
  known?: readonly string[] | undefined
  private readonly queries: Queries

  constructor(queries: Queries, {id, process, program, chance}: Asked, row: number) {
    this.queries = queries
    this.id = id
    this.process = process
    this.program = program
    this.row = row
    this.isWrite = chance / 2 ** 32 < program.use.writes
    this.place = mix32(chance ^ 0x9e3779b9) % program.table.rows
  }

  get version() {
    return this.program.version(this.process.version)
  }
  /** The columns without which it is an error. */
  get named(): readonly string[] {
    const {known, version} = this
    const named = namedBy(version, this.isWrite)
    return known === undefined ? named : [...named, ...known.filter(column => !version.tolerates.includes(column))]
  }
  /** Whether its program needs a column that its process has not heard of. */
  get misses(): boolean {
    return this.known !== undefined && namedBy(this.version, this.isWrite).some(column => !this.known!.includes(column))
  }
  /** What it reads or writes. */
  get columns(): readonly string[] {
    const {known} = this
    const columns = this.isWrite ? this.version.writes : this.version.reads
    return known === undefined ? columns : columns.filter(column => known.includes(column))
  }
  connected(): void {
    this.queries.connected(this)
  }
  turnedAway(): void {
    this.queries.turnedAway(this)
  }
}
