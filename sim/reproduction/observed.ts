import {assert} from '../engine/assert.ts'
import type {Report} from '../metrics/report.ts'
import type {Trace} from '../trace/trace.ts'
import type {Curve} from './target.ts'

/** A run as figures look at it: its report, and its series over minutes. */
export class Observed {
  readonly report: Report
  /** Minutes that a bucket of the series is wide. */
  readonly width: number
  readonly #columns: Readonly<Record<string, readonly number[]>>
  readonly #buckets: number

  constructor(report: Report, trace: Trace) {
    this.report = report
    this.width = trace.series.width / 60e6
    this.#columns = trace.series.columns
    this.#buckets = Math.ceil(trace.end / trace.series.width)
  }

  /** A series of the trace; one that nothing ever happened in holds zeros. */
  series(name: string): readonly number[] {
    return this.#columns[name] ?? new Array<number>(this.#buckets).fill(0)
  }

  /** The mean of a series over several hosts, bucket by bucket. */
  meanOver(hosts: readonly string[], series: string): number[] {
    assert(hosts.length > 0, 'a mean is taken over somebody')
    const columns = hosts.map(host => this.series(`${host}.${series}`))
    return columns[0]!.map((_, bucket) => columns.reduce((sum, column) => sum + column[bucket]!, 0) / hosts.length)
  }

  /** The hosts of a tier with these numbers. */
  hosts(tier: string, from: number, to = this.report.tiers[tier]!.hosts): string[] {
    return Array.from({length: to - from}, (_, i) => `${tier}.${from + i}`)
  }

  /** Values over the minutes at which their buckets begin, `factor` times as large. */
  curve(values: readonly number[], factor = 1): Curve {
    return {at: values.map((_, bucket) => bucket * this.width), value: values.map(value => value * factor)}
  }
}

/** The mean of a curve from one place on and before another. */
export function meanBetween({at, value}: Curve, from: number, to: number): number {
  const inside = value.filter((_, i) => at[i]! >= from && at[i]! < to)
  assert(inside.length > 0, `the curve is known between ${from} and ${to}`)
  return inside.reduce((sum, it) => sum + it, 0) / inside.length
}

/** The part of a curve from one place on and before another. */
export function between({at, value}: Curve, from: number, to: number): Curve {
  const kept = at.flatMap((x, i) => (x >= from && x < to ? [i] : []))
  return {at: kept.map(i => at[i]!), value: kept.map(i => value[i]!)}
}

/** The same curve with `change` applied to each value. */
export const mapped = ({at, value}: Curve, change: (value: number, i: number) => number): Curve => ({
  at,
  value: value.map(change),
})

/** The mean of each `count` neighbours, which takes the noise out of counts. */
export function coarser({at, value}: Curve, count: number): Curve {
  const starts = at.map((_, i) => i).filter(i => i % count === 0 && i + count <= at.length)
  const mean = (from: number) => value.slice(from, from + count).reduce((sum, it) => sum + it, 0) / count
  return {at: starts.map(i => at[i]!), value: starts.map(mean)}
}
