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
  /** What each key has beneath all writes. */
  private readonly base: Float64Array
  /** Stands for the replication ID: what begins empty shares nothing with what was there before. */
  private id: number
  /** Some of its keys have what they had before the run. */
  private hasOriginals: boolean

  constructor(writes: Writes, id: number, value: typeof none | typeof original) {
    this.writes = writes
    this.id = id
    this.hasOriginals = value === original
    this.base = new Float64Array(writes.keys).fill(value)
    this.values = this.base.slice()
  }

  get length(): number {
    return this.history.length
  }

  /** Whether it was ever filled. */
  get isFilled(): boolean {
    return this.hasOriginals || this.history.length > 0
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
    this.hasOriginals = other.hasOriginals
    this.base.set(other.base)
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

  /** As it is now. */
  clone(): Dataset {
    const clone = new Dataset(this.writes, this.id, none)
    clone.copy(this, this.length)
    return clone
  }

  /** Some keys get what they have in the other (RESTORE), unless they were written here since. */
  backfill(other: Dataset, {first, end}: {readonly first: number; readonly end: number}, at: Time): void {
    const copied = other.history.filter(serial => {
      const key = this.writes.keyOf(serial)
      return first <= key && key < end
    })
    const known = new Set(copied)
    this.history = [...copied, ...this.history.filter(serial => !known.has(serial))]
    this.times = this.history.map(() => at)
    for (let key = first; key < end; key++) this.base[key] = Math.max(this.base[key]!, other.base[key]!)
    this.hasOriginals ||= other.hasOriginals
    this.rebuild()
  }

  private rebuild(): void {
    this.values.set(this.base)
    for (const serial of this.history) this.values[this.writes.keyOf(serial)] = serial
  }
}
