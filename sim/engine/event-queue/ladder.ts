import type {Time} from '../time.ts'
import {isShort, lastOf, type Measure, reverse, sort} from './lists.ts'
import {atNext, none, type Records} from './records.ts'
import {Rung} from './rung.ts'

/** So many records are sorted as they are; more are spread over buckets first. */
const few = 32
/** How far the first rung reaches, in mean distances of what is in the top: more than three quarters of it. */
const reach = 4
/** Records for each bucket, before rounding to a power of two. */
const perBucket = 1

/**
 * The order of events, after Tang, Goh and Thng, Ladder Queue (ACM TOMACS 15(3), 2005).
 *
 * What is due in the far future lies unsorted in the top; what comes nearer is spread over the buckets of a rung, a full
 * bucket over those of a rung below; a bucket with few records is sorted into the bottom, where events are taken from.
 * So an event is moved two or three times, whatever the number of events, and compared with a few neighbours only.
 * While there are few events, all of them are in the bottom.
 *
 * Each part holds the times from where the part before it ends; later records of the same time come to stand behind
 * earlier ones, since every move keeps their order. Unlike in the paper, the first rung does not reach up to the latest
 * event, so that a few that are far away do not make its buckets wide; widths are powers of two, so that the borders
 * between buckets are exact; and the last bucket of a rung is open to what is later.
 */
export class Ladder {
  readonly #records: Records
  /** Sorted; taken from its head. */
  #bottom = none
  /** Of no meaning while the bottom is empty. */
  #bottomTail = none
  /** Earlier times belong into the bottom. */
  #bottomEnd: Time = Infinity
  /** From the highest, which is the latest, to the lowest; the first `#depth` are in use. */
  readonly #rungs: Rung[] = []
  #depth = 0
  /** The lowest rung in use. */
  #lowest = new Rung()
  /** From here on times belong into the top. */
  #topStart: Time = Infinity
  /** Newest first. */
  #top = none
  readonly #measure: Measure = {first: 0, last: 0, mean: 0, count: 0}

  constructor(records: Records) {
    this.#records = records
  }

  add(slot: number, time: Time): void {
    if (time < this.#bottomEnd) this.#addToBottom(slot)
    else if (time < this.#topStart) this.#addToRung(slot)
    else this.#addToTop(slot)
  }

  /** Takes out the first event that is not later than `end`, or gives none. */
  take(end: Time): number {
    const records = this.#records
    let slot = this.#bottom
    if (slot === none) {
      slot = this.#refill(end)
      if (slot === none) return none
    }
    if (records.times[slot << 2]! > end) return none
    this.#bottom = records.fields[(slot << 3) | atNext]!
    return slot
  }

  #addToTop(slot: number): void {
    this.#records.fields[(slot << 3) | atNext] = this.#top
    this.#top = slot
  }

  #addToRung(slot: number): void {
    let rung = this.#lowest
    const time = this.#records.times[slot << 2]!
    for (let i = this.#depth - 2; time >= rung.end; i--) rung = this.#rungs[i]!
    rung.add(this.#records, slot)
  }

  #addToBottom(slot: number): void {
    const {times, fields} = this.#records
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
    } else this.#insert(slot, time)
  }

  /** Puts a record between two of the bottom, which has both earlier and later ones. */
  #insert(slot: number, time: Time): void {
    const {times, fields} = this.#records
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
    this.#addToRung(slot)
  }

  /** Makes a rung of a bottom that has become too long to insert into. */
  #pourBottom(): void {
    const {times} = this.#records
    const list = reverse(this.#records, this.#bottom, this.#measure)
    const oldestFirst = reverse(this.#records, list, this.#measure)
    const {first, last, count} = this.#measure
    const rung = this.#newRung(times[this.#bottom << 2]!, last, (last - first) / count)
    this.#bottom = none
    this.#spread(oldestFirst, rung)
  }

  /** A rung from `first` up to the end of the bottom, or as far as it reaches if the bottom had no end. */
  #newRung(first: Time, last: Time, share: number): Rung {
    let rung = this.#rungs[this.#depth]
    if (rung === undefined) {
      rung = new Rung()
      this.#rungs.push(rung)
    }
    this.#depth++
    rung.reset(first, last, this.#bottomEnd, perBucket * share)
    if (rung.end === Infinity) rung.end = this.#topStart = rung.reach
    this.#bottomEnd = first
    this.#lowest = rung
    return rung
  }

  /** Spreads a list, in which older records come before newer ones of the same time. */
  #spread(list: number, rung: Rung): void {
    const records = this.#records
    const {fields} = records
    for (let slot = list; slot !== none; ) {
      const next = fields[(slot << 3) | atNext]!
      rung.add(records, slot)
      slot = next
    }
  }

  /** Fills the bottom, unless all that is left is later than `end`; gives its first record. */
  #refill(end: Time): number {
    while (this.#bottom === none) {
      if (this.#depth === 0) {
        if (this.#top === none) return this.#startAnew()
        this.#lowerTop()
        continue
      }
      const rung = this.#lowest
      const bucket = rung.first()
      if (bucket < 0) this.#leaveRung(rung)
      else if (rung.startOf(bucket) > end) {
        this.#bottomEnd = rung.startOf(bucket)
        return none
      } else {
        this.#bottomEnd = rung.endOf(bucket)
        this.#lower(rung.take(bucket))
      }
    }
    return this.#bottom
  }

  #startAnew(): number {
    this.#bottomEnd = Infinity
    this.#topStart = Infinity
    return none
  }

  #leaveRung(rung: Rung): void {
    this.#bottomEnd = rung.end
    this.#depth--
    if (this.#depth > 0) this.#lowest = this.#rungs[this.#depth - 1]!
  }

  /** Sorts what was in a bucket into the bottom, or spreads it over a new rung. */
  #lower(list: number): void {
    const records = this.#records
    if (records.fields[(list << 3) | atNext] === none) {
      this.#bottom = list
      this.#bottomTail = list
    } else if (isShort(records, list, few)) this.#toBottom(sort(records, list))
    else {
      const oldestFirst = reverse(records, list, this.#measure)
      const {first, last, count} = this.#measure
      if (first === last) this.#toBottom(oldestFirst)
      else this.#spread(oldestFirst, this.#newRung(first, last, (last - first) / count))
    }
  }

  #toBottom(sorted: number): void {
    this.#bottom = sorted
    this.#bottomTail = lastOf(this.#records, sorted)
  }

  #lowerTop(): void {
    const list = this.#top
    this.#top = none
    this.#startAnew()
    if (isShort(this.#records, list, few)) {
      this.#toBottom(sort(this.#records, list))
      return
    }
    const oldestFirst = reverse(this.#records, list, this.#measure)
    const {first, last, mean, count} = this.#measure
    if (first === last) this.#lowerFlood(oldestFirst, last)
    else {
      const horizon = Math.min(last, first + Math.ceil(reach * mean))
      this.#spreadTop(oldestFirst, this.#newRung(first, horizon, Math.min(2 * mean, last - first) / count))
    }
  }

  /** All events are at one time, and in order. */
  #lowerFlood(list: number, time: Time): void {
    this.#bottomEnd = time + 1
    this.#topStart = time + 1
    this.#toBottom(list)
  }

  /** As `#spread`, but what is later than the rung goes back to the top. */
  #spreadTop(list: number, rung: Rung): void {
    const records = this.#records
    const {times, fields} = records
    const {end} = rung
    for (let slot = list; slot !== none; ) {
      const next = fields[(slot << 3) | atNext]!
      if (times[slot << 2]! < end) rung.add(records, slot)
      else this.#addToTop(slot)
      slot = next
    }
  }
}
