import type {Time} from '../time.ts'

/**
 * Where the fields of a record are: `fields[(slot << 3) | atKind]`; with `|` there is no overflow to check for. The next
 * of a free record is the complement of a slot, and so negative.
 */
export const atNext = 2
export const atKind = 3
export const atRow = 4
const atGeneration = 5
const bytes = 32

/** No event's slot. */
export const none = 0
/** The kind, and the generation, of an event that was cancelled and is still in its list. */
const cancelled = -1

/** A scheduled event: a number that holds the slot of its record and the slot's generation. */
export type Timer = number
/** No event's timer. */
export const noTimer: Timer = -1

const mostSlots = 2 ** 26
const lastGeneration = 2 ** 27 - 1

/**
 * Events as records of 32 bytes in one buffer, seen as 64-bit times and as 32-bit fields. A record is in one list at a
 * time; lists end with slot 0, which is no event's. What is freed last is used first: it is still in the cache.
 *
 * A slot's generation is the number of the event it was taken for, so that no timer from before means anything. It is
 * counted modulo 2^27: a timer could mean another event only if its slot was taken just 2^27 events later, or a multiple.
 * (To rule even that out was measured to cost a sixth of the speed of M/M/1.)
 */
export class Records {
  /** The time of a record is at `slot << 2`. */
  protected times = new Float64Array((64 * bytes) / 8)
  protected fields = new Int32Array(this.times.buffer)
  #free = none
  #used = 1
  /** How many were taken so far. */
  protected made = 0

  protected take(time: Time, kind: number, row: number): number {
    let slot = this.#free
    if (slot === none) slot = this.#fresh()
    const {fields} = this
    const record = slot << 3
    this.#free = ~fields[record | atNext]!
    fields[record | atGeneration] = ++this.made & lastGeneration
    this.times[slot << 2] = time
    fields[record | atKind] = kind
    fields[record | atRow] = row
    return slot
  }

  protected timerOf(slot: number): Timer {
    return this.fields[(slot << 3) | atGeneration]! * mostSlots + slot
  }

  /** The slot of an event that is neither free nor cancelled, or none. */
  protected slotOf(timer: Timer): number {
    if (timer < 0) return none
    const generation = Math.floor(timer / mostSlots)
    const slot = timer - generation * mostSlots
    const record = slot << 3
    const {fields} = this
    return fields[record | atGeneration] === generation && fields[record | atNext]! >= 0 ? slot : none
  }

  /** Frees a slot; time, kind and row can be read until it is taken again. */
  protected give(slot: number): void {
    this.fields[(slot << 3) | atNext] = ~this.#free
    this.#free = slot
  }

  /** From now on the timer means nothing; the slot is freed when the record is found in its list. */
  protected markCancelled(slot: number): void {
    this.fields[(slot << 3) | atGeneration] = cancelled
    this.fields[(slot << 3) | atKind] = cancelled
  }

  protected isCancelled(slot: number): boolean {
    return this.fields[(slot << 3) | atKind] === cancelled
  }

  #fresh(): number {
    const records = (8 * this.times.length) / bytes
    if (this.#used === records) this.#grow(2 * records)
    this.fields[(this.#used << 3) | atNext] = ~none
    return this.#used++
  }

  #grow(records: number): void {
    if (records > mostSlots) throw new RangeError(`more than ${this.#used - 1} events are pending`)
    const {times} = this
    this.times = new Float64Array((records * bytes) / 8)
    this.times.set(times)
    this.fields = new Int32Array(this.times.buffer)
  }
}
