import {Ladder} from './ladder/ladder.ts'
import type {Time} from './time.ts'

/** A scheduled event: a number that holds the slot of its record and the slot's generation. */
export type Timer = number
/** No event's timer. Cancelling it does nothing. */
export const noTimer: Timer = -1

const slots = 2 ** 26
const perSlots = 1 / slots

/** Fields of a record. */
const width = 4
const generationField = 0
const kindField = 1
const rowField = 2
const nextField = 3
const none = -1

/** The events that are still to happen, in order of time and, at equal times, of scheduling. */
export class EventQueue {
  /** The event that `pop` took out last. */
  time: Time = 0
  kind = 0
  row = 0
  readonly #ladder = new Ladder()
  #records = new Int32Array(width * 64)
  #free = none
  #used = 0
  #size = 0

  get size(): number {
    return this.#size
  }

  push(time: Time, kind: number, row: number): Timer {
    let slot = this.#free
    if (slot === none) slot = this.#fresh()
    const records = this.#records
    const record = slot * width
    this.#free = records[record + nextField]!
    records[record + kindField] = kind
    records[record + rowField] = row
    this.#size++
    const timer = records[record + generationField]! * slots + slot
    this.#ladder.push(time, timer)
    return timer
  }

  cancel(timer: Timer): void {
    if (timer < 0) return
    const generation = (timer * perSlots) | 0
    const slot = (timer - generation * slots) | 0
    if (this.#records[slot * width + generationField] !== generation) return
    this.#release(slot)
  }

  #release(slot: number): void {
    const record = slot * width
    this.#records[record + generationField]!++
    this.#records[record + nextField] = this.#free
    this.#free = slot
    this.#size--
  }

  /** Takes out the first event, if it is not later than `end`, and says whether there was one. */
  pop(end: Time): boolean {
    const ladder = this.#ladder
    const bottom = ladder.bottom
    for (;;) {
      if (bottom.head === bottom.tail && !ladder.refill(end)) return false
      const at = 2 * bottom.head
      const time = bottom.entries[at]!
      if (time > end) return false
      const timer = bottom.entries[at + 1]!
      bottom.head++
      const generation = (timer * perSlots) | 0
      const slot = (timer - generation * slots) | 0
      const record = slot * width
      const records = this.#records
      if (records[record + generationField] !== generation) continue
      this.time = time
      this.kind = records[record + kindField]!
      this.row = records[record + rowField]!
      this.#release(slot)
      return true
    }
  }

  #fresh(): number {
    if (this.#used * width === this.#records.length) {
      const old = this.#records
      this.#records = new Int32Array(2 * old.length)
      this.#records.set(old)
    }
    const slot = this.#used++
    this.#records[slot * width + nextField] = none
    return slot
  }
}
