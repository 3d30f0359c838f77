import type {Time} from '../time.ts'
import {atNext, none, type Records} from './records.ts'

/** More would not fit into the cache, and records are then what fills it. */
const mostBuckets = 2 ** 22

/**
 * A stretch of time in buckets of equal width, a power of two microseconds. A bucket is a list of records, of which newer
 * ones come before older ones of the same time. The last bucket also takes all that is later, up to `end`.
 *
 * A bit for each bucket tells whether there is anything in it. So buckets may be so narrow that most hold one event or
 * none: then there is nearly nothing to sort, and no time is lost looking into the empty ones.
 */
export class Rung {
  start: Time = 0
  /** The time at which what is above this rung begins. */
  end: Time = 0
  width = 1
  /** Index of the last bucket. */
  last = 0
  heads = new Int32Array(0)
  bits = new Int32Array(0)
  /** Index of the first word of `bits` that may be other than 0. */
  word = 0
  #perWidth = 1
  #words = 0

  /**
   * Begins anew; all buckets are empty. The buckets reach from `start` to `last`, each with room for `share`
   * microseconds or a little less.
   */
  reset(start: Time, last: Time, end: Time, share: number): void {
    const least = (last - start + 1) / mostBuckets
    this.start = start
    this.end = end
    this.width = 2 ** Math.max(0, Math.floor(Math.log2(share)), Math.ceil(Math.log2(least)))
    this.#perWidth = 1 / this.width
    this.last = Math.floor((last - start) * this.#perWidth)
    this.word = 0
    this.#words = (this.last >> 5) + 1
    if (this.#words > this.bits.length) this.#grow()
  }

  #grow(): void {
    this.bits = new Int32Array(2 * this.#words)
    this.heads = new Int32Array(2 * this.#words * 32)
  }

  /** Where the last bucket would end if it took nothing that is later. */
  get reach(): Time {
    return this.start + (this.last + 1) * this.width
  }

  add(records: Records, slot: number): void {
    const {heads, bits, last} = this
    const at = (records.times[slot << 2]! - this.start) * this.#perWidth
    const bucket = at < last ? at | 0 : last
    records.fields[(slot << 3) | atNext] = heads[bucket]!
    heads[bucket] = slot
    bits[bucket >> 5]! |= 1 << bucket
  }

  /** When the bucket begins. */
  startOf(bucket: number): Time {
    return this.start + bucket * this.width
  }

  endOf(bucket: number): Time {
    return bucket === this.last ? this.end : this.start + (bucket + 1) * this.width
  }

  /** The first bucket with anything in it, or -1. */
  first(): number {
    const {bits} = this
    let bit = bits[this.word]!
    while (bit === 0) {
      if (++this.word >= this.#words) return -1
      bit = bits[this.word]!
    }
    return (this.word << 5) | (31 - Math.clz32(bit & -bit))
  }

  /** Empties a bucket and gives what was in it. */
  take(bucket: number): number {
    const {heads} = this
    const list = heads[bucket]!
    heads[bucket] = none
    this.bits[bucket >> 5]! ^= 1 << bucket
    return list
  }
}
