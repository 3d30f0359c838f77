import {Bottom} from './event-queue/bottom.ts'
import {atKind, atNext, atRow, few, none} from './event-queue/layout.ts'
import {keep} from './event-queue/lists.ts'
import {Records, type Timer} from './event-queue/records.ts'
import {Rung} from './event-queue/rung.ts'
import {Survey} from './event-queue/survey.ts'
import type {Time} from './time.ts'

export {noTimer, type Timer} from './event-queue/records.ts'

/** How far the first rung reaches, in mean distances of what is spread over it: that is seven eighths of it, or more. */
const reach = 8
/** Events for each bucket, before its width is rounded down to a power of two. */
const perBucket = 0.5
/** Cancelled events stay in their lists until they are so many more than the others. */
const patience = 256

/**
 * The events that are still to happen, in order of time and, at equal times, of scheduling: a ladder queue, after Tang,
 * Goh and Thng (ACM TOMACS 15(3), 2005).
 *
 * What is due in the far future lies unsorted in the top. What comes nearer is spread over the buckets of a rung, and a
 * full bucket over those of a rung below it; a few buckets at a time are sorted into the bottom, from which events are
 * taken. So an event is moved two or three times, however many there are, and compared with a few neighbours. While
 * there are few events, all are in the bottom.
 *
 * Each part has the times from where the part before it ends, and every move keeps the order of equal times. Unlike the
 * paper's, the first rung does not reach up to the latest event, so that a few that are far away cannot make its buckets wide.
 */
export class EventQueue extends Records {
  /** Events that were cancelled. */
  #dropped = 0
  #popped = 0
  /** Cancelled events that are still in a list. */
  #cancelled = 0
  /** How many more cancelled events there may be than others. */
  #patience = patience
  /** The slot of the event that was taken out last. */
  #taken = none

  readonly #bottom = new Bottom()
  /** The lowest rung that is begun. Times before its border belong to the bottom. */
  #rung = new Rung()
  /** Its border, at hand. */
  #border: Time = Infinity
  /** Newest first. */
  #top = none
  readonly #survey = new Survey()

  /** Events that are still to happen; cancelled ones are not. */
  get size(): number {
    return this.made - this.#popped - this.#dropped
  }

  /** Events that were taken out. */
  get popped(): number {
    return this.#popped
  }

  /** Time, kind and row of the event that `pop` took out; until the queue is asked for anything else. */
  get time(): Time {
    return this.#bottom.times[this.#bottom.size]!
  }
  get kind(): number {
    return this.fields[(this.#taken << 3) | atKind]!
  }
  get row(): number {
    return this.fields[(this.#taken << 3) | atRow]!
  }

  push(time: Time, kind: number, row: number): Timer {
    const slot = this.take(time, kind, row)
    const bottom = this.#bottom
    if (time < this.#border && bottom.size < few) bottom.insert(slot, time)
    else this.#add(slot, time)
    return this.timerOf(slot)
  }

  /** Takes back an event; one that has happened or was cancelled is none, nor is noTimer. */
  cancel(timer: Timer): void {
    const slot = this.slotOf(timer)
    if (slot === none) return
    this.kill(slot)
    this.#dropped++
    this.#cancelled++
    if (this.#cancelled > this.size + this.#patience) this.#dropCancelled()
  }

  /** Takes out the first event, if it is not later than `end`, and says whether there was one. */
  pop(end: Time): boolean {
    const bottom = this.#bottom
    for (;;) {
      if (bottom.size === 0 && !this.#refill()) return false
      const top = bottom.size - 1
      if (bottom.times[top]! > end) return false
      bottom.size = top
      const slot = bottom.slots[top]!
      this.give(slot)
      if (!this.isDead(slot)) {
        this.kill(slot)
        this.#popped++
        this.#taken = slot
        return true
      }
      this.#cancelled--
    }
  }

  /** Adds where the short way does not lead: to a bottom that has many, to a rung or to the top. */
  #add(slot: number, time: Time): void {
    if (time < this.#border && this.#addToBottom(slot, time)) return
    let rung: Rung | undefined = this.#rung
    while (rung !== undefined && time >= rung.end) rung = rung.above
    if (rung !== undefined) rung.add(this.fields, slot, time)
    else this.#addToTop(slot)
  }

  #addToTop(slot: number): void {
    this.fields[(slot << 3) | atNext] = this.#top
    this.#top = slot
  }

  /** Adds to a bottom that has many, if that is cheap: before nearly all of those. Otherwise brings them up into a rung. */
  #addToBottom(slot: number, time: Time): boolean {
    const bottom = this.#bottom
    if (time >= bottom.times[bottom.size - few]!) {
      this.#spread(bottom.size)
      return false
    }
    bottom.reserve(bottom.size + 1)
    bottom.insert(slot, time)
    return true
  }

  /** Fills the bottom, unless there is nothing left. */
  #refill(): boolean {
    const bottom = this.#bottom
    while (bottom.size === 0) {
      const rung = this.#rung
      const count = rung.lower(this.fields, bottom)
      if (count > 0) this.#settle(count)
      else if (rung.above !== undefined) this.#rung = rung.above
      else {
        rung.close(Infinity)
        if (this.#top === none) break
        const list = this.#top
        this.#top = none
        this.#settle(bottom.load(this.fields, list))
      }
    }
    this.#border = this.#rung.border
    return bottom.size > 0
  }

  /** Sorts so many events into the bottom, or if they are too many, spreads them. */
  #settle(count: number): void {
    if (count > few) this.#spread(count)
    else this.#bottom.sort(this.times, count)
  }

  /**
   * Spreads so many events of the bottom, which need not be sorted, over a rung: below the lowest, or if that is spent, in
   * its place. If all are of one time they stay; the rung is then for those that are still to come at that time.
   */
  #spread(count: number): void {
    const {times, fields} = this
    const {slots} = this.#bottom
    const survey = this.#survey
    survey.look(times, slots, count)
    const {first, last, mean} = survey
    const {isSpent, border} = this.#rung
    const limit = isSpent ? this.#rung.end : border
    if (!isSpent) this.#rung = this.#rung.below
    this.#border = first
    if (first === last) {
      this.#rung.begin(first, last, 1, limit)
      this.#bottom.sort(times, count)
      return
    }
    const isFirst = limit === Infinity
    const horizon = isFirst ? Math.min(last, first + Math.ceil(reach * mean)) : last
    const span = isFirst ? Math.min(2 * mean, last - first) : last - first
    this.#rung.begin(first, horizon, (perBucket * span) / count, limit)
    this.#bottom.size = 0
    const end = isFirst ? this.#rung.end : Infinity
    for (let i = count - 1; i >= 0; i--) {
      const slot = slots[i]!
      const time = times[slot << 2]!
      if (time < end) this.#rung.add(fields, slot, time)
      else this.#addToTop(slot)
    }
  }

  /** Goes through all lists; the cost of that is shared by as many cancellations. */
  #dropCancelled(): void {
    const {fields} = this
    const kept = (slot: number) => {
      if (!this.isDead(slot)) return true
      this.give(slot)
      return false
    }
    this.#bottom.keep(kept)
    this.#top = keep(fields, this.#top, kept)
    this.#patience = patience
    for (let rung: Rung | undefined = this.#rung; rung !== undefined; rung = rung.above) {
      rung.keep(fields, kept)
      this.#patience += rung.words
    }
    this.#cancelled = 0
  }
}
