import type {Duration, Time} from '../../engine/time.ts'

/** A level over time: its highest value in each bucket of the run. */
export class Curve {
  readonly peaks: Float64Array
  private readonly width: Duration
  private level = 0
  private bucket = 0

  constructor(end: Time, width: Duration) {
    this.width = width
    this.peaks = new Float64Array(Math.ceil(end / width))
  }

  set(now: Time, level: number): void {
    this.hold(now)
    this.level = level
    this.peaks[this.bucket] = Math.max(this.peaks[this.bucket]!, level)
  }

  /** Nothing has changed up to now. */
  hold(now: Time): void {
    const last = Math.min(this.peaks.length - 1, Math.floor(now / this.width))
    while (this.bucket < last) this.peaks[++this.bucket] = this.level
  }
}
