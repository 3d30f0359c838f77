import {Ladder} from './event-queue/ladder.ts'
import {atKind, atRow, cancelled, none, Records, type Timer} from './event-queue/records.ts'
import type {Time} from './time.ts'

export {noTimer, type Timer} from './event-queue/records.ts'

/** The events that are still to happen, in order of time and, at equal times, of scheduling. */
export class EventQueue {
  readonly #records = new Records()
  readonly #ladder = new Ladder(this.#records)
  /** The slot of the event that was taken out last. */
  #taken = none
  #pending = 0

  /** Events that are still to happen; cancelled ones are not. */
  get size(): number {
    return this.#pending
  }

  /** Time, kind and row of the event that `pop` took out, until something is pushed. */
  get time(): Time {
    return this.#records.times[this.#taken << 2]!
  }
  get kind(): number {
    return this.#records.fields[(this.#taken << 3) | atKind]!
  }
  get row(): number {
    return this.#records.fields[(this.#taken << 3) | atRow]!
  }

  push(time: Time, kind: number, row: number): Timer {
    const slot = this.#records.take(time, kind, row)
    this.#ladder.add(slot, time)
    this.#pending++
    return this.#records.timerOf(slot)
  }

  /** Takes back an event; one that has happened or was cancelled, and noTimer, are none. */
  cancel(timer: Timer): void {
    const slot = this.#records.slotOf(timer)
    if (slot === none) return
    this.#records.outdate(slot)
    this.#records.fields[(slot << 3) | atKind] = cancelled
    this.#pending--
  }

  /** Takes out the first event, if it is not later than `end`, and says whether there was one. */
  pop(end: Time): boolean {
    const records = this.#records
    for (;;) {
      const slot = this.#ladder.take(end)
      if (slot === none) return false
      if (records.fields[(slot << 3) | atKind] !== cancelled) {
        records.outdate(slot)
        records.give(slot)
        this.#taken = slot
        this.#pending--
        return true
      }
      records.give(slot)
    }
  }
}
