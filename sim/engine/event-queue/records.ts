import type {Time} from '../time.ts'

/** A scheduled event: a number that holds the slot of its record and the slot's generation. */
export type Timer = number
/** No event's timer. */
export const noTimer: Timer = -1
/** No event's slot. */
export const none = 0

/**
 * Where the whole numbers of a record stand, counted in 32 bits: `fields[(slot << 3) | atKind]`. (With `|` the compiler
 * needs no check for overflow, which it does with `+`.)
 */
export const atNext = 2
export const atKind = 3
export const atRow = 4
const atGeneration = 5
/** The kind of an event that was cancelled and has not left its list yet. */
export const cancelled = -1

const slots = 2 ** 26
const generations = 2 ** 27

/**
 * Events as records of 32 bytes in one buffer: time, the next of a list, kind, row, generation. A freed record is the
 * first to be used again, while it is still in the cache. Lists of records end with slot 0, which is no event's.
 *
 * A timer outlives its event, so a slot has a generation that goes up when its event is over. After 2^27 events a slot
 * is used no more: no timer ever comes to mean another event.
 */
export class Records {
  /** The time of a record is at `slot << 2`. */
  times = new Float64Array(4 * 1024)
  /** The same bytes as 32-bit whole numbers. */
  fields = new Int32Array(this.times.buffer)
  #free = none
  #used = 1

  take(time: Time, kind: number, row: number): number {
    let slot = this.#free
    if (slot === none) slot = this.#fresh()
    else this.#free = this.fields[(slot << 3) | atNext]!
    const {fields} = this
    const record = slot << 3
    this.times[slot << 2] = time
    fields[record | atKind] = kind
    fields[record | atRow] = row
    return slot
  }

  timerOf(slot: number): Timer {
    return this.fields[(slot << 3) | atGeneration]! * slots + slot
  }

  /** The slot of an event that is still to happen, or none. */
  slotOf(timer: Timer): number {
    if (timer < 0) return none
    const generation = Math.floor(timer / slots)
    const slot = timer - generation * slots
    return this.fields[(slot << 3) | atGeneration] === generation ? slot : none
  }

  /** From now on the slot's timer means nothing. */
  outdate(slot: number): void {
    this.fields[(slot << 3) | atGeneration]!++
  }

  give(slot: number): void {
    const {fields} = this
    const record = slot << 3
    if (fields[record | atGeneration]! >= generations) return
    fields[record | atNext] = this.#free
    this.#free = slot
  }

  #fresh(): number {
    if (4 * this.#used === this.times.length) this.#grow()
    return this.#used++
  }

  #grow(): void {
    const {times} = this
    if (2 * this.#used > slots) throw new RangeError(`more than ${this.#used} events are pending`)
    this.times = new Float64Array(2 * times.length)
    this.times.set(times)
    this.fields = new Int32Array(this.times.buffer)
  }
}
