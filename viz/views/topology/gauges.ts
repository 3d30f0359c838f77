import type {Time} from '../../../sim/engine/time.ts'
import type {ActorId} from '../../../sim/net/events.ts'
import {tiersOf} from '../../../sim/trace/hosts.ts'
import {firstAfter} from '../../../sim/trace/ledger.ts'
import type {Recording} from '../../recording/recording.ts'
import {cached} from '../cached.ts'

/** What is measured of one host, a number for each bucket of the series. */
export interface Gauges {
  readonly connections: Float64Array | undefined
  readonly completed: Float64Array | undefined
  /** Share of its cores that is at work. */
  readonly busy: Float64Array | undefined
}

/** Actor → what is measured of it. */
export const gaugesOf = cached<Recording, readonly Gauges[]>(({actors, series: {columns}}) =>
  actors.map(({name, kind}) =>
    kind === 'process'
      ? unmeasured
      : {
          connections: columns[`${name}.connections`],
          completed: columns[`${name}.completed`],
          busy: columns[`${name}.busy`],
        },
  ),
)
const unmeasured: Gauges = {connections: undefined, completed: undefined, busy: undefined}

/** Tier → connections of its fullest host at any time; 0 of a tier that keeps none. */
export const fullestOf = cached<Recording, ReadonlyMap<string, number>>(recording => {
  const tiers = [...tiersOf(recording)]
  return new Map(tiers.map(([name, hosts]) => [name, Math.max(0, ...hosts.map(it => peakOf(recording, it)))]))
})

const peakOf = (recording: Recording, host: ActorId): number =>
  gaugesOf(recording)[host]!.connections?.reduce((peak, value) => Math.max(peak, value), 0) ?? 0

/** The bucket that an instant is in. */
export function bucketAt({end, series: {width}}: Pick<Recording, 'end' | 'series'>, time: Time): number {
  return Math.max(0, Math.min(Math.ceil(end / width) - 1, Math.floor(time / width)))
}

/** A number that is another one when any host may look different or be measured differently from before. */
export function momentAt(recording: Recording, time: Time): number {
  const buckets = Math.ceil(recording.end / recording.series.width)
  return firstAfter(recording.ledger.at, time) * buckets + bucketAt(recording, time)
}

/** Seconds that a bucket lasts, the last of which may be cut short. */
export function bucketSeconds({end, series: {width}}: Pick<Recording, 'end' | 'series'>, bucket: number): number {
  return Math.max(1, Math.min(width, end - bucket * width)) / 1_000_000
}
