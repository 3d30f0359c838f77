import type {Time} from '../../engine/time.ts'
import type {Writes} from './writes.ts'

/** What a key holds that has no value, and what it holds since before the run. */
export const none = -1
export const original = 0

/**
 * What a node holds, and how it came to that: every write that was applied to it, in order. Of a key it holds the write
 * that was applied last, whichever is the newer.
 */
export class Dataset {
  /** Of each key the serial number of the write whose value it has. */
  values: Float64Array
  /** Serial numbers of the writes that were applied, and when. */
  history: number[] = []
  times: Time[] = []
  private readonly writes: Writes
  /** Stands for the replication ID: what begins empty shares nothing with what was there before. */
  private id: number

  constructor(writes: Writes, id: number, value: typeof none | typeof original) {
    this.writes = writes
    this.id = id
    this.values = new Float64Array(writes.keys).fill(value)
  }

  get length(): number {
    return this.history.length
  }

  /** Whether it was ever filled. */
  get isFilled(): boolean {
    return this.id === original || this.history.length > 0
  }

  apply(serial: number, at: Time): void {
    this.values[this.writes.keyOf(serial)] = serial
    this.history.push(serial)
    this.times.push(at)
  }

  /** Whether all that was ever applied to it is the beginning of what was applied to the other (PSYNC: offset and ID). */
  continues({id, history}: Dataset): boolean {
    const last = this.length - 1
    return id === this.id && (last < 0 || history[last] === this.history[last])
  }

  /** Becomes what the other was after its first `length` writes. */
  copy(other: Dataset, length: number): void {
    this.id = other.id
    this.history = other.history.slice(0, length)
    this.times = other.times.slice(0, length)
    this.rebuild()
  }

  /** Forgets what was applied after an instant. */
  rewind(to: Time): void {
    const kept = this.times.findLastIndex(at => at <= to) + 1
    this.history.length = kept
    this.times.length = kept
    this.rebuild()
  }

  /**
   * Every key gets what it held in the other after its first `length` writes (RESTORE … REPLACE), unless it was written
   * here since.
   */
  backfill(other: Dataset, length: number, at: Time): void {
    const copied = other.history.slice(0, length)
    const known = new Set(copied)
    this.id = other.id
    this.history = [...copied, ...this.history.filter(serial => !known.has(serial))]
    this.times = this.history.map(() => at)
    this.rebuild()
  }

  private rebuild(): void {
    this.values.fill(this.id === original ? original : none)
    for (const serial of this.history) this.values[this.writes.keyOf(serial)] = serial
  }
}
