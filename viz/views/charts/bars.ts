import type {Duration, Time} from '../../../sim/engine/time.ts'
import type {Span} from '../../draw/timeline.ts'
import {families} from '../../recording/family.ts'
import type {Recording} from '../../recording/recording.ts'
import type {Tally} from '../../recording/tally.ts'

/** Disruptions of one run in equal stretches of time, apart by family. */
export interface Bars {
  readonly width: Duration
  /** The stretch that the first bar stands for is the so-manieth from 0 on. */
  readonly first: number
  /** Of every family as many as there are bars; after those of the families, what a trace counts but does not tell apart. */
  readonly counts: readonly Float64Array[]
}
interface Disrupted {
  readonly recording: Pick<Recording, 'disruptions' | 'series' | 'workloads' | 'end'>
  readonly tally: Pick<Tally, 'count' | 'ofFamily'>
}

/** Pixels that a bar takes at least. */
const narrowest = 3

/** How long a stretch a bar stands for: whole buckets of the recording, or 1, 2 or 5 of a power of ten within one. */
export function barWidth({from, to}: Span, pixels: number, bucket: Duration): Duration {
  const least = ((to - from) * narrowest) / Math.max(1, pixels)
  if (least >= bucket) return bucket * Math.ceil(least / bucket - 1e-9)
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)))
  return Math.min(bucket, power * ([1, 2, 5].find(it => it * power >= least) ?? 10))
}

/** The bars that reach into a stretch of time, each in full. Every disruption is in exactly one. */
export function barsOf({recording, tally}: Disrupted, {from, to}: Span, width: Duration): Bars {
  const {end, disruptions} = recording
  const first = Math.floor(from / width)
  const length = Math.max(1, Math.ceil(Math.min(to, end) / width) - first)
  const counts = Array.from({length: families.length + 1}, () => new Float64Array(length))
  const unknown = disruptions.total > disruptions.at.length ? unknownIn(recording, width) : undefined
  for (let k = 0; k < length; k++) {
    const [after, until] = edges(first + k, width, end)
    families.forEach((_, family) => {
      counts[family]![k] = tally.ofFamily(family, after, until)
    })
    if (unknown !== undefined) counts[families.length]![k] = Math.max(0, unknown(first + k) - tally.count(after, until))
  }
  return {width, first, counts}
}

/** As a tally counts: after one instant and up to another. A bar has its beginning, and only the last one its end. */
function edges(k: number, width: Duration, end: Time): [after: Time, until: Time] {
  const to = (k + 1) * width
  return [k * width - 1, to >= end ? end : to - 1]
}

/** What the series count in a bar of whole buckets, which they do for as long as the run lasts. */
function unknownIn({series: {width, columns}, workloads}: Disrupted['recording'], barWidth: Duration) {
  const buckets = barWidth / width
  const own = workloads.flatMap(({name}) => columns[`${name}.disrupted`] ?? [])
  if (!Number.isInteger(buckets)) return undefined
  return (k: number) =>
    own.reduce((sum, column) => sum + column.subarray(k * buckets, (k + 1) * buckets).reduce((a, b) => a + b, 0), 0)
}

/** The highest bar. */
export function highest({counts}: Bars): number {
  let most = 0
  counts[0]!.forEach((_, k) => {
    most = Math.max(most, totalAt(counts, k))
  })
  return most
}

export const totalAt = (counts: Bars['counts'], k: number): number =>
  counts.reduce((sum, column) => sum + (column[k] ?? 0), 0)
