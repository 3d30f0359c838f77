import type {Time} from '../../../sim/engine/time.ts'
import type {Recording} from '../../recording/recording.ts'
import {cached} from '../cached.ts'
import {bucketAt, bucketSeconds} from './gauges.ts'

/** Most particles of a card that tell what flows, and most that tell what broke. */
export const mostFlowing = 120
export const mostBroken = 30

/** Root of the rate at which each workload starts requests and connections, by bucket. */
const roots = cached<Recording, readonly Float64Array[]>(recording => {
  const {workloads, series} = recording
  return workloads.map(({name}) => {
    const started = series.columns[`${name}.started`] ?? new Float64Array(0)
    return started.map((count, bucket) => Math.sqrt(count / bucketSeconds(recording, bucket)))
  })
})

/** The busiest bucket of a run, by which all on the page are measured. */
export const busiestOf = cached<Recording, number>(recording => {
  const all = roots(recording)
  const buckets = Math.max(0, ...all.map(({length}) => length))
  let most = 0
  for (let bucket = 0; bucket < buckets; bucket++)
    most = Math.max(
      most,
      all.reduce((sum, its) => sum + (its[bucket] ?? 0), 0),
    )
  return most
})

/**
 * How many particles tell of a workload at an instant, `mostFlowing` of all workloads in the busiest bucket. They go with
 * the root of the rate, so that beside a storm of a hundred times the usual the usual can still be seen.
 */
export function flowing(recording: Recording, workload: number, time: Time, busiest: number): number {
  if (busiest === 0) return 0
  const root = roots(recording)[workload]![bucketAt(recording, time)] ?? 0
  return Math.floor((root / busiest) * mostFlowing + (root > 0 ? 0.5 : 0))
}

/** So that of a stretch of a table no more than `mostBroken` rows are shown, one in how many: a power of two, so that it is mostly the same ones. */
export function oneIn(rows: number): number {
  let stride = 1
  while (rows > stride * mostBroken) stride *= 2
  return stride
}
