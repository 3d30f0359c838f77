import type {Time} from '../time.ts'
import {keep} from './lists.ts'
import {atNext, none} from './records.ts'

/** With more, the buckets would no longer fit into the cache, and the records of a bucket neither. */
const mostBuckets = 2 ** 22

/**
 * A stretch of time in buckets of equal width, which is a power of two so that borders are exact. A bucket is a list of
 * records, newer ones before older ones of the same time. The last bucket is open: it takes all that is later.
 *
 * A bit for each bucket tells whether anything is in it. So buckets may be as narrow as to hold one event or none, most
 * of them: then hardly anything has to be sorted, and no time is lost looking into empty ones.
 */
export class Rung {
  start: Time = 0
  /** Where the last bucket ends and what is above this rung begins. */
  end: Time = 0
  width = 1
  /** The index of the last bucket. */
  last = 0
  /** The index of the first word of bits that may have some. */
  #word = 0
  #perWidth = 1
  #heads = new Int32Array(0)
  #bits = new Int32Array(0)

  /** Begins anew, with empty buckets of nearly `width` from `start` to beyond `last`. */
  reset(start: Time, last: Time, width: number): void {
    const least = (last - start + 1) / mostBuckets
    this.start = start
    this.width = 2 ** Math.max(0, Math.floor(Math.log2(width)), Math.ceil(Math.log2(least)))
    this.#perWidth = 1 / this.width
    this.last = Math.floor((last - start) * this.#perWidth)
    this.end = start + (this.last + 1) * this.width
    this.#word = 0
    if (this.words > this.#bits.length) this.#grow(this.words)
  }

  #grow(words: number): void {
    this.#bits = new Int32Array(2 * words)
    this.#heads = new Int32Array(2 * words * 32)
  }

  add(fields: Int32Array, slot: number, time: Time): void {
    const heads = this.#heads
    const place = (time - this.start) * this.#perWidth
    let bucket = this.last
    if (place < bucket) bucket = place | 0
    fields[(slot << 3) | atNext] = heads[bucket]!
    heads[bucket] = slot
    this.#bits[bucket >> 5]! |= 1 << bucket
  }

  /** The first bucket with anything in it, or -1. */
  first(): number {
    const bits = this.#bits
    let word = bits[this.#word]!
    while (word === 0) {
      if (this.#word === this.last >> 5) return -1
      word = bits[++this.#word]!
    }
    return (this.#word << 5) | (31 - Math.clz32(word & -word))
  }

  /** Empties a bucket and gives what was in it. */
  take(bucket: number): number {
    const list = this.#heads[bucket]!
    this.#heads[bucket] = none
    this.#bits[bucket >> 5]! ^= 1 << bucket
    return list
  }

  /** How many words of bits there are to go through. */
  get words(): number {
    return (this.last >> 5) + 1
  }

  /** Keeps those records of which `kept` is true. */
  keep(fields: Int32Array, kept: (slot: number) => boolean): void {
    const heads = this.#heads
    for (let word = this.#word; word < this.words; word++)
      for (let bits = this.#bits[word]!; bits !== 0; bits &= bits - 1) {
        const bucket = (word << 5) | (31 - Math.clz32(bits & -bits))
        heads[bucket] = keep(fields, heads[bucket]!, kept)
        if (heads[bucket] === none) this.#bits[word]! ^= 1 << bucket
      }
  }
}
