import type {Time} from '../time.ts'
import {Chunks, Lists, Reader} from './lists.ts'
import {Run} from './run.ts'
import {Rung} from './rung.ts'

/** A bucket of so many entries, or fewer, is sorted at once. */
const few = 48
const perBucket = 12

/** After Tang, Goh and Thng, Ladder queue (ACM TOMACS 15(3), 2005). */
export class Ladder {
  readonly #chunks = new Chunks()
  readonly #reader = new Reader(this.#chunks)
  readonly bottom = new Run()
  readonly #rungs: Rung[] = []
  #depth = 0
  readonly #top = new Lists(this.#chunks, 2)
  #list = 0
  /** What is earlier belongs to the bottom. */
  #bottomEnd: Time = Infinity
  /** What is not earlier belongs to the top. */
  #topStart: Time = Infinity

  push(time: Time, timer: number): void {
    if (time < this.#bottomEnd) this.#pushBottom(time, timer)
    else if (time >= this.#topStart) this.#top.append(this.#list, time, timer)
    else this.#pushRung(time, timer)
  }

  #pushRung(time: Time, timer: number): void {
    let depth = this.#depth - 1
    while (time >= this.#rungs[depth]!.end) depth--
    this.#rungs[depth]!.add(time, timer)
  }

  #pushBottom(time: Time, timer: number): void {
    const {bottom} = this
    if (bottom.length >= few && time < bottom.entries[2 * bottom.tail - 2]!) this.#pour(time, timer)
    else bottom.insert(time, timer)
  }

  /** The bottom has grown too long to insert into: makes a rung of it, or the top. */
  #pour(time: Time, timer: number): void {
    const {bottom} = this
    const {entries, head, tail} = bottom
    if (this.#bottomEnd === Infinity) {
      for (let i = 2 * head; i < 2 * tail; i += 2) this.#top.append(this.#list, entries[i]!, entries[i + 1]!)
      this.#bottomEnd = this.#topStart = -Infinity
    } else {
      const rung = this.#newRung(entries[2 * head]!, entries[2 * tail - 2]!, this.#bottomEnd, bottom.length)
      for (let i = 2 * head; i < 2 * tail; i += 2) rung.add(entries[i]!, entries[i + 1]!)
      this.#bottomEnd = rung.start
    }
    bottom.clear()
    this.push(time, timer)
  }

  #newRung(first: Time, last: Time, end: Time, count: number): Rung {
    const rung = (this.#rungs[this.#depth] ??= new Rung(this.#chunks))
    this.#depth++
    rung.reset(first, last, end, Math.ceil(count / perBucket))
    return rung
  }

  /** Fills the bottom. False if there is nothing left, or nothing up to `end`. */
  refill(end: Time): boolean {
    this.bottom.clear()
    while (this.bottom.length === 0) {
      if (this.#depth === 0) {
        if (this.#top.isEmpty(this.#list)) {
          this.#bottomEnd = this.#topStart = Infinity
          return false
        }
        this.#lowerTop()
      } else {
        const rung = this.#rungs[this.#depth - 1]!
        rung.skipEmpty()
        this.#bottomEnd = rung.next
        if (rung.current === rung.count) this.#depth--
        else if (this.#bottomEnd > end) return false
        else this.#lower(rung)
      }
    }
    return true
  }

  #lower(rung: Rung): void {
    const {buckets, current} = rung
    const count = buckets.roughCount(current, few + 16)
    if (count > few && rung.width > 1) {
      const reader = this.#reader
      let {entries} = this.#chunks
      let first = Infinity
      let last = -Infinity
      let n = 0
      reader.open(buckets, current)
      while (reader.next()) {
        n += reader.to - reader.from
        for (let i = 2 * reader.from; i < 2 * reader.to; i += 2) {
          const time = entries[i]!
          if (time < first) first = time
          if (time > last) last = time
        }
      }
      rung.current++
      if (first < last && n > few) {
        const child = this.#newRung(first, last, rung.next, n)
        reader.open(buckets, current)
        buckets.forget(current)
        while (reader.take()) {
          for (let i = 2 * reader.from; i < 2 * reader.to; i += 2) {
            entries = this.#chunks.entries
            child.add(entries[i]!, entries[i + 1]!)
          }
        }
        this.#bottomEnd = child.start
        return
      }
    } else rung.current++
    this.#sortIntoBottom(buckets, current)
    this.#bottomEnd = rung.next
  }

  #sortIntoBottom(lists: Lists, list: number): void {
    const reader = this.#reader
    const {entries} = this.#chunks
    const {bottom} = this
    reader.open(lists, list)
    lists.forget(list)
    while (reader.take())
      for (let i = 2 * reader.from; i < 2 * reader.to; i += 2) bottom.insert(entries[i]!, entries[i + 1]!)
  }

  #lowerTop(): void {
    const reader = this.#reader
    const top = this.#top
    const list = this.#list
    const {entries} = this.#chunks
    let first = Infinity
    let last = -Infinity
    let sum = 0
    let n = 0
    reader.open(top, list)
    while (reader.next()) {
      n += reader.to - reader.from
      for (let i = 2 * reader.from; i < 2 * reader.to; i += 2) {
        const time = entries[i]!
        sum += time
        if (time < first) first = time
        if (time > last) last = time
      }
    }
    if (n <= few || first === last) {
      this.#sortIntoBottom(top, list)
      this.#bottomEnd = this.#topStart = n <= few ? Infinity : last + 1
      if (n > few) this.#topStart = last + 1
      return
    }
    const horizon = Math.min(last, Math.floor(first + 2 * (sum / n - first)))
    const rung = this.#newRung(first, horizon, horizon + 1, n)
    rung.end = this.#topStart = rung.start + rung.count * rung.width
    reader.open(top, list)
    top.forget(list)
    const rest = 1 - list
    this.#list = rest
    const topStart = this.#topStart
    while (reader.take()) {
      for (let i = 2 * reader.from; i < 2 * reader.to; i += 2) {
        const entries = this.#chunks.entries
        const time = entries[i]!
        if (time < topStart) rung.add(time, entries[i + 1]!)
        else top.append(rest, time, entries[i + 1]!)
      }
    }
    this.#bottomEnd = rung.start
  }
}
