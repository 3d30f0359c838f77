import type {Duration, Time} from '../engine/time.ts'

/**
 * The connection table (LRU) of one L4 host, known by what it has forgotten.
 *
 * A flow is forgotten once `size` other flows have had a packet since its own last one. Those are the flows that began
 * since then, whose number in time is kept here, and the ones that live on. Counting all of the latter is a little
 * early (docs/model.md). So nothing is stored for a flow, and a table of eight million entries costs as much as none.
 */
export class ConnectionTable {
  private readonly size: number
  private readonly width: Duration
  /** Flows that began before the end of each bucket. */
  private readonly begun: number[] = [0]
  private total = 0

  constructor(size: number, width: Duration) {
    this.size = size
    this.width = width
  }

  insert(at: Time): void {
    this.fill(at)
    this.total++
  }

  /** Whether a flow whose last packet came at `last` is still known, with `others` flows alive besides. */
  remembers(last: Time, now: Time, others: number): boolean {
    this.fill(now)
    return this.total - this.begunBy(last) + others < this.size
  }

  /** False as long as no flow can have been forgotten, so that nobody needs to be asked about. */
  mayForget(alive: number): boolean {
    return this.total + alive >= this.size
  }

  private fill(at: Time): void {
    const bucket = Math.floor(at / this.width)
    while (this.begun.length <= bucket) this.begun.push(this.total)
  }

  private begunBy(at: Time): number {
    if (at <= 0) return 0
    const bucket = Math.floor(at / this.width)
    const before = this.begun[bucket] ?? this.total
    const after = this.begun[bucket + 1] ?? this.total
    return before + ((after - before) * (at - bucket * this.width)) / this.width
  }
}
