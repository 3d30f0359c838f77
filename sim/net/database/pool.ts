import type {ColumnList} from './column-list.ts'
import type {Database} from './database.ts'

/** Whoever wants a connection. */
export interface Customer {
  /** They have one. */
  connected(): void
  /** There is none, and none to wait for. */
  turnedAway(): void
}

/** The connections of one process to a database: opened when it starts, held until it is gone. */
export class ConnectionPool {
  /** What the process believes the columns to be, if it keeps a list. */
  readonly columns: ColumnList | undefined
  private readonly database: Database
  private readonly size: number
  private open = 0
  private idle = 0
  private readonly waiting = new Set<Customer>()

  constructor(database: Database, size: number, columns: ColumnList | undefined) {
    this.database = database
    this.columns = columns
    this.size = size
    while (this.open < size && this.connect()) this.idle++
  }

  /** First come, first served; a pool that the database refused to fill tries again when somebody has to wait. */
  take(customer: Customer): void {
    if (this.idle > 0) this.idle--
    else if (this.open >= this.size || !this.connect()) {
      if (this.open === 0) return customer.turnedAway()
      this.waiting.add(customer)
      return
    }
    customer.connected()
  }

  /** They wait no longer. False if they did not. */
  forget(customer: Customer): boolean {
    return this.waiting.delete(customer)
  }

  /** A connection is free again. */
  put(): void {
    const [next] = this.waiting
    if (next === undefined) this.idle++
    else {
      this.waiting.delete(next)
      next.connected()
    }
  }

  close(): void {
    this.database.disconnected(this.open)
    this.open = 0
    this.waiting.clear()
  }

  private connect(): boolean {
    if (!this.database.connects()) return false
    this.open++
    return true
  }
}
