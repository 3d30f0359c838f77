import type {Duration, Time} from '../../engine/time.ts'
import type {PoissonArrivals} from './rate.ts'

/** What a visit brings along. */
export interface Drawn {
  /** Core time of its answer. */
  work(): Duration
  /** Which of the clients it is, where they stay. */
  who(): number
}

/** Who comes when, and to ask what: drawn in the order of their coming, however far ahead somebody looks. */
export class Visits {
  private readonly arrivals: PoissonArrivals
  private readonly drawn: Drawn
  private readonly end: Time
  private readonly times: Time[] = []
  private readonly works: Duration[] = []
  private readonly whos: number[] = []
  private head = 0

  constructor(arrivals: PoissonArrivals, drawn: Drawn, end: Time) {
    this.arrivals = arrivals
    this.drawn = drawn
    this.end = end
  }

  /** When the next one comes, or the `k`-th after it; Infinity if nobody comes any more before the end. */
  at(k = 0): Time {
    while (this.times.length <= this.head + k) this.draw()
    return this.times[this.head + k]!
  }

  work(k = 0): Duration {
    return this.works[this.head + k]!
  }

  who(k = 0): number {
    return this.whos[this.head + k]!
  }

  /** The next one has come. */
  shift(): void {
    this.head++
    if (this.head < forgotten) return
    for (const column of [this.times, this.works, this.whos]) column.splice(0, this.head)
    this.head = 0
  }

  private draw(): void {
    const at = this.arrivals.next(this.end)
    const comes = at < Number.POSITIVE_INFINITY
    this.times.push(at)
    this.works.push(comes ? this.drawn.work() : 0)
    this.whos.push(comes ? this.drawn.who() : 0)
  }
}

/** After so many that have come, their places are used again. */
const forgotten = 4096
