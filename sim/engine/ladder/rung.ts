import type {Time} from '../time.ts'
import {type Chunks, Lists} from './lists.ts'

/** A stretch of time in buckets of equal width, each a list. The last one takes all that is later. */
export class Rung {
  readonly buckets: Lists
  start: Time = 0
  /** The time at which what is above this rung begins. */
  end: Time = 0
  count = 0
  /** The first bucket that has not been emptied into what is below. */
  current = 0
  width = 1
  #perWidth = 1

  constructor(chunks: Chunks) {
    this.buckets = new Lists(chunks, 0)
  }

  /** All buckets must be empty. `last` is the last time that is known of. */
  reset(start: Time, last: Time, end: Time, wanted: number): void {
    this.start = start
    this.end = end
    this.width = 2 ** Math.ceil(Math.log2((last - start + 1) / wanted))
    if (this.width < 1) this.width = 1
    this.#perWidth = 1 / this.width
    this.count = Math.floor((last - start) * this.#perWidth) + 1
    this.current = 0
    this.buckets.provide(this.count)
  }

  add(time: Time, timer: number): void {
    const bucket = (time - this.start) * this.#perWidth
    this.buckets.append(bucket < this.count ? bucket | 0 : this.count - 1, time, timer)
  }

  /** When the current bucket begins. */
  get next(): Time {
    return this.current === this.count ? this.end : this.start + this.current * this.width
  }

  skipEmpty(): void {
    while (this.current < this.count && this.buckets.isEmpty(this.current)) this.current++
  }
}
