import type {Time} from '../time.ts'
import type {Bottom} from './bottom.ts'
import {atNext, few, none} from './layout.ts'
import {keep} from './lists.ts'

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
  /** The one whose time begins where this one's ends; the first rung has none. */
  readonly above: Rung | undefined
  #below: Rung | undefined
  /** Where the buckets begin that have not been taken yet. A rung that was never begun has none, and holds nothing. */
  border: Time = Infinity
  /** Where the last bucket ends. */
  end: Time = Infinity
  #start: Time = 0
  #width = 1
  #perWidth = 1
  /** The index of the last bucket. */
  #last = 0
  /** The index of the first word of bits that may have some. */
  #word = 0
  /** A head counts only while its bit is set, so that none need be cleared. */
  #heads = new Int32Array(32)
  #bits = new Int32Array(1)

  constructor(above?: Rung) {
    this.above = above
  }

  /** The rung for a part of this one's time; it is begun up to this one's border. */
  get below(): Rung {
    this.#below ??= new Rung(this)
    return this.#below
  }

  /** Has no buckets; what is earlier than `border` belongs below, what is not belongs above. */
  close(border: Time): void {
    this.border = border
    this.end = border
  }

  /** Begins, with empty buckets of nearly `width` that reach from `first` over `last`, but not beyond `end`. */
  begin(first: Time, last: Time, width: number, end: Time): void {
    const least = (last - first + 1) / mostBuckets
    this.#width = 2 ** Math.max(0, Math.floor(Math.log2(width)), Math.ceil(Math.log2(least)))
    this.#perWidth = 1 / this.#width
    this.#last = Math.floor((last - first) * this.#perWidth)
    this.#word = 0
    if (this.words > this.#bits.length) this.#grow(this.words)
    this.#start = first
    this.border = first
    this.end = end === Infinity ? first + (this.#last + 1) * this.#width : end
  }

  #grow(words: number): void {
    this.#bits = new Int32Array(2 * words)
    this.#heads = new Int32Array(2 * words * 32)
  }

  add(fields: Int32Array, slot: number, time: Time): void {
    const heads = this.#heads
    const bits = this.#bits
    const place = (time - this.#start) * this.#perWidth
    let bucket = this.#last
    if (place < bucket) bucket = place | 0
    const word = bits[bucket >> 5]!
    // The bit as a mask: shifted to the sign and spread over all 32.
    fields[(slot << 3) | atNext] = heads[bucket]! & ((word << ~bucket) >> 31)
    heads[bucket] = slot
    bits[bucket >> 5] = word | (1 << bucket)
  }

  /**
   * Moves the slots of the next buckets into the bottom, unsorted, the latest first: as many buckets as share a word of
   * bits if those have few events, else one, whatever it has. Says how many slots.
   */
  lower(fields: Int32Array, bottom: Bottom): number {
    const bits = this.#bits
    let word = bits[this.#word]!
    while (word === 0) {
      if (this.#word === this.#last >> 5) return this.#leave()
      word = bits[++this.#word]!
    }
    let count = this.#gather(fields, word, bottom.slots)
    let taken = word
    if (count > few) {
      taken = word & -word
      count = bottom.load(fields, this.#heads[this.#bucket(taken)]!)
    }
    bits[this.#word] = word ^ taken
    const latest = this.#bucket(taken)
    this.border = latest === this.#last ? this.end : this.#start + (latest + 1) * this.#width
    return count
  }

  /** The bucket of the highest bit. */
  #bucket(bits: number): number {
    return (this.#word << 5) | (31 - Math.clz32(bits))
  }

  /** Gathers the slots of some buckets; gives up as soon as they are more than few. */
  #gather(fields: Int32Array, bits: number, slots: Int32Array): number {
    const heads = this.#heads
    const base = this.#word << 5
    let count = 0
    for (let rest = bits; rest !== 0; ) {
      const place = 31 - Math.clz32(rest)
      rest ^= 1 << place
      for (let slot = heads[base | place]!; slot !== none; slot = fields[(slot << 3) | atNext]!) {
        slots[count++] = slot
        if (count > few) return count
      }
    }
    return count
  }

  #leave(): number {
    this.border = this.end
    return 0
  }

  /** Whether nothing is left in it. */
  get isSpent(): boolean {
    return this.#word === this.#last >> 5 && this.#bits[this.#word] === 0
  }

  /** How many words of bits there are to go through. */
  get words(): number {
    return (this.#last >> 5) + 1
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
