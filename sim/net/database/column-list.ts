import type {Duration, Time} from '../../engine/time.ts'
import type {Table} from './table.ts'

/**
 * The columns of a table as one process knows them: as they were when it started, and from then on as they were when it last
 * asked, which it does with the first statement after each `life` (ORMs; plans that a connection keeps).
 */
export class ColumnList {
  private readonly table: Table
  private readonly life: Duration
  private readAt: Time
  private columns: readonly string[]

  constructor(table: Table, life: Duration, now: Time) {
    this.table = table
    this.life = life
    this.readAt = now
    this.columns = table.names
  }

  at(now: Time): readonly string[] {
    if (now >= this.readAt + this.life) {
      this.readAt = now
      this.columns = this.table.names
    }
    return this.columns
  }
}
