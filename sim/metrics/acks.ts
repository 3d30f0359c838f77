import {type Duration, type Time, toSeconds} from '../engine/time.ts'
import type {AcksReport} from './report.ts'

/** When the clients of one MQTT workload got a new connection. */
export class AcksMetric {
  private readonly width: Duration
  private readonly counts: Float64Array
  private releasedAt = Number.POSITIVE_INFINITY
  private total = 0

  /** A last bucket that is not whole is left out. */
  constructor(end: Time, width: Duration) {
    this.width = width
    this.counts = new Float64Array(Math.floor(end / width))
  }

  opened(at: Time): void {
    const bucket = Math.floor(at / this.width)
    this.total++
    if (bucket < this.counts.length) this.counts[bucket]!++
  }

  released(at: Time): void {
    this.releasedAt = Math.min(this.releasedAt, at)
  }

  result(): AcksReport {
    const first = Math.min(this.counts.length, Math.floor(this.releasedAt / this.width))
    const sum = this.counts.subarray(0, first).reduce((total, count) => total + count, 0)
    const none = {total: this.total, before: null, peak: null, peakAt: null, trough: null, troughAt: null}
    return sum === 0 || first === this.counts.length ? none : {...none, ...this.extremes(first, sum / first)}
  }

  private extremes(first: number, before: number) {
    const after = this.counts.subarray(first)
    const peak = Math.max(...after)
    const trough = Math.min(...after)
    const startOf = (count: number) => toSeconds((first + after.indexOf(count)) * this.width)
    return {before, peak: peak / before, peakAt: startOf(peak), trough: trough / before, troughAt: startOf(trough)}
  }
}
