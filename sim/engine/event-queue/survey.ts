import type {Time} from '../time.ts'

/** What is found out about events before they are spread. */
export class Survey {
  first: Time = 0
  last: Time = 0
  /** Of the times, counted from `first`. */
  mean = 0

  look(times: Float64Array, slots: Int32Array, count: number): void {
    const base = times[slots[0]! << 2]!
    let first = base
    let last = base
    let sum = 0
    for (let i = 0; i < count; i++) {
      const time = times[slots[i]! << 2]!
      sum += time - base
      if (time < first) first = time
      if (time > last) last = time
    }
    this.first = first
    this.last = last
    this.mean = base - first + sum / count
  }
}
