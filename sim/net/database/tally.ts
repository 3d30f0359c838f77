import type {Duration, Time} from '../../engine/time.ts'
import type {AlterState} from '../events.ts'

/** What a database has done and not done, counted. */
export class Tally {
  reads = 0
  writes = 0
  /** Queries that named a column that was not there. */
  schemaErrors = 0
  /** Reads of a value that somebody had overwritten. */
  staleReads = 0
  /** Connections that were refused, one try each. */
  refused = 0
  peakConnections = 0
  /** How long queries waited for their lock, of those that had to. */
  readonly waits: Duration[] = []
  /** Of ALTER TABLE: tries, those whose lock_timeout was over, and the longest that one waited. */
  readonly alter = {tries: 0, timedOut: 0, longestWait: 0}
  peakDivergent = 0
  /** When copies first differed, and when they were first alike again. */
  differedAt?: Time
  alikeAt?: Time
  private divergent = 0

  waited(wait: Duration): void {
    if (wait > 0) this.waits.push(wait)
  }

  altered(wait: Duration, state: AlterState): void {
    this.alter.tries++
    if (state === 'times out') this.alter.timedOut++
    this.alter.longestWait = Math.max(this.alter.longestWait, wait)
  }

  differ(now: Time, rows: number): void {
    if (rows > 0) this.differedAt ??= now
    if (rows === 0 && this.divergent > 0) this.alikeAt ??= now
    this.divergent = rows
    this.peakDivergent = Math.max(this.peakDivergent, rows)
  }
}
