import type {Duration, Time} from '../../engine/time.ts'

/**
 * The cores of one host, shared by all its processes: jobs start in the order they come (first come, first served),
 * each on the core that is free first, and run to their end. So a job's start is known when it arrives.
 */
export class Cpu {
  private readonly freeAt: Float64Array
  private readonly resolution: Duration
  /** Core time spent in each bucket of the run, µs. */
  readonly busy: Float64Array
  /** How much of it was booked while no new work could come here. */
  readonly busyAway: Float64Array
  /** When something that occupies all of them is over. */
  occupiedUntil: Time = 0
  /** Whether no new work can come. */
  away = false
  /** Is told when a job has to wait for a core. */
  waits: () => void = () => {}

  constructor(cores: number, end: Time, resolution: Duration) {
    this.freeAt = new Float64Array(cores)
    this.resolution = resolution
    this.busy = new Float64Array(Math.ceil(end / resolution) + 1)
    this.busyAway = new Float64Array(this.busy.length)
  }

  get cores(): number {
    return this.freeAt.length
  }

  /** Books `cost` of core time from now on; returns when it starts. */
  book(now: Time, cost: Duration): Time {
    if (cost <= 0) return now
    if (this.freeAt[this.earliest(now)]! > now) this.waits()
    const core = this.earliest(now)
    const start = Math.max(now, this.freeAt[core]!)
    this.freeAt[core] = start + cost
    this.account(start, start + cost)
    return start
  }

  /** Counts `cost` of core time from `at` on, of a core that nobody else wanted. It is free again afterwards. */
  spend(at: Time, cost: Duration): void {
    if (cost > 0) this.account(at, at + cost)
  }

  /** What was spent lasts until then, which is after now. */
  seize(now: Time, until: Time): void {
    const core = this.earliest(now)
    this.freeAt[core] = Math.max(this.freeAt[core]!, until)
  }

  /** Cores that have nothing to do. */
  idle(now: Time): number {
    let cores = 0
    for (const free of this.freeAt) if (free <= now) cores++
    return cores
  }

  /** Something keeps every core busy from now on for `lasts`. */
  occupy(now: Time, lasts: Duration): void {
    for (let core = 0; core < this.cores; core++) this.book(now, lasts)
    this.occupiedUntil = now + lasts
  }

  /** When the next job would start. */
  startsAt(now: Time): Time {
    return Math.max(now, this.freeAt[this.earliest(now)]!)
  }

  /** What was booked for later is not done: the process that wanted it is gone. */
  forget(now: Time): void {
    for (let core = 0; core < this.freeAt.length; core++) {
      const until = this.freeAt[core]!
      if (until <= now) continue
      this.account(now, until, -1)
      this.freeAt[core] = now
    }
  }

  /** The core that is free first; of those that are idle any will do. */
  private earliest(now: Time): number {
    const {freeAt} = this
    let best = 0
    for (let core = 1; core < freeAt.length && freeAt[best]! > now; core++)
      if (freeAt[core]! < freeAt[best]!) best = core
    return best
  }

  private account(start: Time, end: Time, sign = 1): void {
    let from = start
    for (let bucket = Math.floor(start / this.resolution); from < end && bucket < this.busy.length; bucket++) {
      const to = Math.min(end, (bucket + 1) * this.resolution)
      this.busy[bucket]! += sign * (to - from)
      if (this.away) this.busyAway[bucket]! += sign * (to - from)
      from = to
    }
  }
}
