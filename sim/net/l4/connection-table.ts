import {millis, type Time} from '../../engine/time.ts'

/** How finely it knows when flows began. */
const width = millis(100)

/**
 * The connection table (LRU) of one L4 host, known by what it has forgotten.
 *
 * A flow is forgotten once `size` other flows have had a packet since its own last one. Those are the flows that began
 * since then, whose number in time is kept here, and the ones that live on. Counting all of the latter is a little
 * early (docs/model.md). So nothing is stored for a flow, and a table of eight million entries costs as much as none.
 */
export class ConnectionTable {
  private readonly size: number
  /** Buckets of time in which flows began, by their number, and how many had begun before each. */
  private readonly buckets: number[] = []
  private readonly before: number[] = []
  private total = 0

  constructor(size: number) {
    this.size = size
  }

  insert(at: Time): void {
    if (this.size === 0) return
    const bucket = Math.floor(at / width)
    if (this.buckets.at(-1) !== bucket) {
      this.buckets.push(bucket)
      this.before.push(this.total)
    }
    this.total++
  }

  /** Whether a flow whose last packet came at `last` is still known, with `others` flows alive besides. */
  remembers(last: Time, others: number): boolean {
    return this.total - this.begunBy(last) + others < this.size
  }

  /** False as long as no flow can have been forgotten, so that nobody needs to be asked about. */
  mayForget(alive: number): boolean {
    return this.total + alive >= this.size
  }

  /** Within a bucket, flows began one after the other at even distances. */
  private begunBy(at: Time): number {
    const bucket = Math.floor(at / width)
    const index = this.lastNotAfter(bucket)
    if (index === -1) return 0
    const before = this.before[index]!
    const after = this.before[index + 1] ?? this.total
    return this.buckets[index] === bucket ? before + ((after - before) * (at - bucket * width)) / width : after
  }

  private lastNotAfter(bucket: number): number {
    let low = -1
    let high = this.buckets.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (this.buckets[middle]! <= bucket) low = middle
      else high = middle
    }
    return low
  }
}
