import type {Duration, Time} from '../engine/time.ts'

/** Named numbers over time, one for each bucket of the run. */
export class Series {
  private readonly width: Duration
  private readonly buckets: number
  private readonly columns = new Map<string, Float64Array>()
  /** Columns that hold changes of a level until the end. */
  private readonly levels = new Set<string>()

  constructor(end: Time, width: Duration) {
    this.width = width
    this.buckets = Math.ceil(end / width)
  }

  /** Counts something that happened in a bucket. */
  add(name: string, at: Time, count: number): void {
    this.column(name)[this.bucket(at)]! += count
  }

  /** Changes a level; the value of a bucket is the level at its end. */
  step(name: string, at: Time, change: number): void {
    this.levels.add(name)
    this.add(name, at, change)
  }

  set(name: string, values: Float64Array, factor: number): void {
    this.columns.delete(name)
    this.addAll(name, values, factor)
  }

  addAll(name: string, values: Float64Array, factor: number): void {
    const column = this.column(name)
    for (let i = 0; i < this.buckets; i++) column[i]! += values[i]! * factor
  }

  /** In order of their names; numbers to six places, which is more than a screen shows. */
  result(): Record<string, number[]> {
    const names = [...this.columns.keys()].sort((a, b) => (a < b ? -1 : 1))
    return Object.fromEntries(names.map(name => [name, this.values(name)]))
  }

  private values(name: string): number[] {
    const values = [...this.columns.get(name)!].map(value => Math.round(value * 1e6) / 1e6)
    if (!this.levels.has(name)) return values
    let level = 0
    return values.map(change => (level += change))
  }

  private bucket(at: Time): number {
    return Math.min(this.buckets - 1, Math.floor(at / this.width))
  }

  private column(name: string): Float64Array {
    let column = this.columns.get(name)
    if (column === undefined) {
      column = new Float64Array(this.buckets)
      this.columns.set(name, column)
    }
    return column
  }
}
