import type {Time} from '../time.ts'
import {atGeneration, atKind, atNext, atRow, dead, none, width} from './layout.ts'

/** A scheduled event: a number that holds the slot of its record and the slot's generation. */
export type Timer = number
/** No event's timer. */
export const noTimer: Timer = -1

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
  protected times = new Float64Array((64 * width) / 2)
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
    this.#free = fields[record | atNext]!
    fields[record | atGeneration] = ++this.made & 0x7ffffff
    fields[record | atKind] = kind
    fields[record | atRow] = row
    this.times[slot << 2] = time
    return slot
  }

  /** Of the slot that was taken last. */
  protected timerOf(slot: number): Timer {
    return (this.made & 0x7ffffff) * 0x4000000 + slot
  }

  /** The slot of an event that is still to happen, or none. */
  protected slotOf(timer: Timer): number {
    if (timer < 0) return none
    const generation = Math.floor(timer / 0x4000000)
    const slot = timer - generation * 0x4000000
    return this.fields[(slot << 3) | atGeneration] === generation ? slot : none
  }

  /** From now on the timer means nothing. */
  protected kill(slot: number): void {
    this.fields[(slot << 3) | atGeneration] = dead
  }

  protected isDead(slot: number): boolean {
    return this.fields[(slot << 3) | atGeneration] === dead
  }

  /** Frees the slot of a dead record; kind and row can be read until it is taken again. */
  protected give(slot: number): void {
    this.fields[(slot << 3) | atNext] = this.#free
    this.#free = slot
  }

  #fresh(): number {
    if (this.#used << 2 === this.times.length) this.#grow()
    this.fields[(this.#used << 3) | atNext] = none
    return this.#used++
  }

  #grow(): void {
    if (this.#used === 0x4000000) throw new RangeError(`more than ${this.#used - 1} events are pending`)
    const {times} = this
    this.times = new Float64Array(2 * times.length)
    this.times.set(times)
    this.fields = new Int32Array(this.times.buffer)
  }
}
