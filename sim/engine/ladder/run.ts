import type {Time} from '../time.ts'

/** The bottom of the ladder: entries in order, taken from the front. */
export class Run {
  /** Entry i stands at 2 i: its time, then its timer. */
  entries = new Float64Array(2 * 256)
  head = 0
  tail = 0

  get length(): number {
    return this.tail - this.head
  }

  clear(): void {
    this.head = 0
    this.tail = 0
  }

  /** Puts an entry after all that are not later. */
  insert(time: Time, timer: number): void {
    if (2 * this.tail === this.entries.length) this.#makeRoom()
    const entries = this.entries
    const first = 2 * this.head
    let at = 2 * this.tail++
    while (at > first && entries[at - 2]! > time) {
      entries[at] = entries[at - 2]!
      entries[at + 1] = entries[at - 1]!
      at -= 2
    }
    entries[at] = time
    entries[at + 1] = timer
  }

  #makeRoom(): void {
    const {entries, head, tail} = this
    const target = 2 * head >= tail ? entries : new Float64Array(2 * entries.length)
    target.set(entries.subarray(2 * head, 2 * tail))
    this.entries = target
    this.tail = tail - head
    this.head = 0
  }
}
