import type {Duration, Time} from '../engine/time.ts'

/** Named numbers over time, one for each bucket of the run. */
export class Series {
  private readonly width: Duration
  private readonly buckets: number
  private readonly columns = new Map<string, Column>()

  constructor(end: Time, width: Duration) {
    this.width = width
    this.buckets = Math.ceil(end / width)
  }

  /** The column of that name. It is not in the result before something is written to it. */
  column(name: string): Column {
    let column = this.columns.get(name)
    if (column === undefined) {
      column = new Column(this.buckets, this.width)
      this.columns.set(name, column)
    }
    return column
  }

  /** In order of their names; numbers to six places, which is more than a screen shows. */
  result(): Record<string, number[]> {
    const written = [...this.columns].filter(([, column]) => column.isWritten)
    const inOrder = written.sort(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(inOrder.map(([name, column]) => [name, column.result()]))
  }
}

/** The numbers of one name. Whoever writes to it often keeps it, and does not look for it by its name each time. */
export class Column {
  private readonly width: Duration
  private readonly buckets: number
  private values = new Float64Array(0)
  /** It holds changes of a level until the end. */
  private isLevel = false

  constructor(buckets: number, width: Duration) {
    this.buckets = buckets
    this.width = width
  }

  get isWritten(): boolean {
    return this.values.length > 0
  }

  /** Counts something that happened in a bucket. */
  add(at: Time, count: number): void {
    this.written()[this.bucketOf(at)]! += count
  }

  /** Changes a level; the value of a bucket is the level at its end. */
  step(at: Time, change: number): void {
    this.isLevel = true
    this.add(at, change)
  }

  addAll(values: Float64Array, factor: number): void {
    const column = this.written()
    for (let i = 0; i < this.buckets; i++) column[i]! += values[i]! * factor
  }

  set(bucket: number, value: number): void {
    this.written()[bucket] = value
  }

  private written(): Float64Array {
    if (this.values.length === 0) this.values = new Float64Array(this.buckets)
    return this.values
  }

  bucketOf(at: Time): number {
    return Math.min(this.buckets - 1, Math.floor(at / this.width))
  }

  result(): number[] {
    const values = [...this.values].map(value => Math.round(value * 1e6) / 1e6)
    if (!this.isLevel) return values
    let level = 0
    return values.map(change => (level += change))
  }
}
