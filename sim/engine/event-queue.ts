import {isLonger, keep, reverse, Survey, sort, tailOf} from './event-queue/lists.ts'
import {atKind, atNext, atRow, none, Records, type Timer} from './event-queue/records.ts'
import {Rung} from './event-queue/rung.ts'
import type {Time} from './time.ts'

export {noTimer, type Timer} from './event-queue/records.ts'

/** So many records are sorted as they are, or walked past to insert one; more are spread over buckets. */
const few = 32
/** How far the first rung reaches, in mean distances of what is in the top: that is seven eighths of it, or more. */
const reach = 8
/** Records for each bucket, before its width is rounded down to a power of two. */
const perBucket = 0.5
/** Cancelled events stay in their lists until they are so many more than the others. */
const patience = 256

/**
 * The events that are still to happen, in order of time and, at equal times, of scheduling: a ladder queue, after Tang,
 * Goh and Thng (ACM TOMACS 15(3), 2005).
 *
 * What is due in the far future lies unsorted in the top. What comes nearer is spread over the buckets of a rung, and a
 * full bucket over those of a rung below it; a bucket with few records is sorted into the bottom, from whose head events
 * are taken. So an event is moved two or three times, however many there are, and compared with a few neighbours. While
 * there are few events, all are in the bottom.
 *
 * Each part has the times from where the part before it ends, and every move keeps the order of equal times. Unlike the
 * paper's, the first rung does not reach up to the latest event, so that a few that are far away cannot make its buckets
 * wide.
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

  /** Sorted. Its tail is of no meaning while it is empty. */
  #bottom = none
  #bottomTail = none
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

  /** Time, kind and row of the event that `pop` took out; until something is pushed. */
  get time(): Time {
    return this.times[this.#taken << 2]!
  }
  get kind(): number {
    return this.fields[(this.#taken << 3) | atKind]!
  }
  get row(): number {
    return this.fields[(this.#taken << 3) | atRow]!
  }

  push(time: Time, kind: number, row: number): Timer {
    const slot = this.take(time, kind, row)
    if (time < this.#border) this.#addToBottom(slot)
    else this.#addAbove(slot, time)
    return this.timerOf(slot)
  }

  /** Takes back an event; one that has happened or was cancelled is none, nor is noTimer. */
  cancel(timer: Timer): void {
    const slot = this.slotOf(timer)
    if (slot === none) return
    this.markCancelled(slot)
    this.#dropped++
    this.#cancelled++
    if (this.#cancelled > this.size + this.#patience) this.#dropCancelled()
  }

  /** Takes out the first event, if it is not later than `end`, and says whether there was one. */
  pop(end: Time): boolean {
    for (;;) {
      let slot = this.#bottom
      if (slot === none) slot = this.#refill()
      if (slot === none || this.times[slot << 2]! > end) return false
      this.#bottom = this.fields[(slot << 3) | atNext]!
      this.give(slot)
      if (!this.isCancelled(slot)) {
        this.#popped++
        this.#taken = slot
        return true
      }
      this.#cancelled--
    }
  }

  #addAbove(slot: number, time: Time): void {
    let rung: Rung | undefined = this.#rung
    while (rung !== undefined && time >= rung.end) rung = rung.above
    if (rung !== undefined) rung.add(this.fields, slot, time)
    else {
      this.fields[(slot << 3) | atNext] = this.#top
      this.#top = slot
    }
  }

  #addToBottom(slot: number): void {
    const {times, fields} = this
    const time = times[slot << 2]!
    const head = this.#bottom
    if (head === none || time < times[head << 2]!) {
      if (head === none) this.#bottomTail = slot
      fields[(slot << 3) | atNext] = head
      this.#bottom = slot
    } else if (time >= times[this.#bottomTail << 2]!) {
      fields[(slot << 3) | atNext] = none
      fields[(this.#bottomTail << 3) | atNext] = slot
      this.#bottomTail = slot
    } else this.#insert(slot)
  }

  /** Puts a record into the bottom, which has both earlier and later ones. */
  #insert(slot: number): void {
    const {times, fields} = this
    const time = times[slot << 2]!
    let before = this.#bottom
    for (let steps = 0; steps < few; steps++) {
      const after = fields[(before << 3) | atNext]!
      if (times[after << 2]! > time) {
        fields[(slot << 3) | atNext] = after
        fields[(before << 3) | atNext] = slot
        return
      }
      before = after
    }
    this.#pourBottom()
    this.#rung.add(fields, slot, time)
  }

  /** Makes a rung of a bottom that has become too long to insert into. */
  #pourBottom(): void {
    const survey = this.#survey
    reverse(this.times, this.fields, this.#bottom, survey)
    reverse(this.times, this.fields, survey.head, survey)
    this.#bottom = none
    this.#begin().addAll(this.times, this.fields, survey.head)
    this.#border = this.#rung.border
  }

  /** Begins a rung for what was surveyed: below the lowest, or if that has no border, in its place. */
  #begin(): Rung {
    const {first, last, count} = this.#survey
    const {border} = this.#rung
    if (border < Infinity) this.#rung = this.#rung.below
    this.#rung.begin(first, last, (perBucket * (last - first)) / count, border)
    return this.#rung
  }

  /** Fills the bottom; gives its head. */
  #refill(): number {
    while (this.#bottom === none) {
      const rung = this.#rung
      const list = rung.take()
      if (list !== none) {
        // Most buckets have one; it saves a tenth of the time to leave at once.
        if (this.fields[(list << 3) | atNext] === none) {
          this.#border = rung.border
          this.#bottomTail = list
          this.#bottom = list
          return list
        }
        this.#lower(list)
      } else if (rung.above !== undefined) this.#rung = rung.above
      else if (this.#top !== none) this.#lowerTop()
      else {
        rung.close(Infinity)
        break
      }
    }
    this.#border = this.#rung.border
    return this.#bottom
  }

  /** Brings what was in a bucket down: sorted into the bottom, or spread over a rung. */
  #lower(list: number): void {
    const {fields} = this
    const second = fields[(list << 3) | atNext]!
    if (fields[(second << 3) | atNext] === none) this.#lowerTwo(second, list)
    else if (isLonger(fields, list, few)) this.#lowerMany(list)
    else this.#lowerFew(list)
  }

  #lowerTwo(older: number, newer: number): void {
    const {times, fields} = this
    const inOrder = times[older << 2]! <= times[newer << 2]!
    const first = inOrder ? older : newer
    const last = inOrder ? newer : older
    fields[(first << 3) | atNext] = last
    fields[(last << 3) | atNext] = none
    this.#bottom = first
    this.#bottomTail = last
  }

  #lowerFew(list: number): void {
    const survey = this.#survey
    sort(this.times, this.fields, list, survey)
    this.#bottom = survey.head
    this.#bottomTail = survey.tail
  }

  #lowerMany(list: number): void {
    const survey = this.#survey
    reverse(this.times, this.fields, list, survey)
    if (survey.first < survey.last) this.#begin().addAll(this.times, this.fields, survey.head)
    else this.#lowerFlood()
  }

  /** What was surveyed is all of one time, and in order. */
  #lowerFlood(): void {
    this.#bottom = this.#survey.head
    this.#bottomTail = this.#survey.tail
  }

  /** Brings down what is not far away in the top; the rest stays. */
  #lowerTop(): void {
    const list = this.#top
    const survey = this.#survey
    this.#top = none
    this.#rung.close(Infinity)
    if (!isLonger(this.fields, list, few)) return this.#lowerFew(list)
    reverse(this.times, this.fields, list, survey)
    const {first, last, mean, count} = survey
    if (first === last) {
      this.#rung.close(last + 1)
      return this.#lowerFlood()
    }
    const horizon = Math.min(last, first + Math.ceil(reach * mean))
    this.#rung.begin(first, horizon, (perBucket * Math.min(2 * mean, last - first)) / count, Infinity)
    this.#top = this.#rung.addAll(this.times, this.fields, survey.head)
  }

  /** Goes through all lists; the cost of that is shared by as many cancellations. */
  #dropCancelled(): void {
    const {fields} = this
    const kept = (slot: number) => {
      if (!this.isCancelled(slot)) return true
      this.give(slot)
      return false
    }
    this.#bottom = keep(fields, this.#bottom, kept)
    this.#bottomTail = tailOf(fields, this.#bottom)
    this.#top = keep(fields, this.#top, kept)
    this.#patience = patience
    for (let rung: Rung | undefined = this.#rung; rung !== undefined; rung = rung.above) {
      rung.keep(fields, kept)
      this.#patience += rung.words
    }
    this.#cancelled = 0
  }
}
