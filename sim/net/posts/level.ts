import type {Time} from '../../engine/time.ts'

/** A number of bytes that grows steadily, and the most that it ever was. */
export class Level {
  peak = 0
  private bytes = 0
  private rate = 0
  private since: Time = 0

  /** From now on there are so many bytes more, and in each microsecond so many more again. */
  add(now: Time, bytes: number, rate: number): void {
    this.settle(now)
    this.bytes += bytes
    this.rate += rate
    this.peak = Math.max(this.peak, this.bytes)
  }

  settle(now: Time): void {
    this.bytes += this.rate * (now - this.since)
    this.since = now
    this.peak = Math.max(this.peak, this.bytes)
  }
}
