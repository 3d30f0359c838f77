import type {Duration, Time} from '../engine/time.ts'

/** What one host of a tier did in each bucket of the run: for how long it was able, and core time that it spent. */
export interface HostTimes {
  readonly able: Float64Array
  readonly busy: Float64Array
  readonly busyAway: Float64Array
  readonly cores: number
}

/** What one host was able to do, beside what it did. */
export const hostTimes = ({busy, busyAway, cores}: Omit<HostTimes, 'able'>, able: Float64Array): HostTimes => ({
  able,
  busy,
  busyAway,
  cores,
})

/**
 * The share of a tier's cores that is idle where new work can go, bucket by bucket. A host out of rotation has idle
 * cores too, but nobody can use them: with a share b out and utilisation u before, it is (1 - b) - u.
 */
export function idleByBucket(hosts: readonly HostTimes[], cores: number, end: Time, width: Duration): Float64Array {
  return Float64Array.from({length: Math.ceil(end / width)}, (_, bucket) => {
    const length = lengthOf(bucket, end, width)
    return hosts.reduce((total, host) => total + idleTime(host, bucket), 0) / (cores * length)
  })
}

/** The least and the mean of that over a run. */
export function idleCpu(
  hosts: readonly HostTimes[],
  cores: number,
  end: Time,
  width: Duration,
): {min: number; mean: number} {
  let min = 1
  let sum = 0
  for (const [bucket, idle] of idleByBucket(hosts, cores, end, width).entries()) {
    const length = lengthOf(bucket, end, width)
    sum += idle * length
    // A last bucket of a sliver says nothing about the run.
    if (length === width || bucket === 0) min = Math.min(min, idle)
  }
  return {min, mean: sum / end}
}

/** The last bucket may be cut off by the end. */
const lengthOf = (bucket: number, end: Time, width: Duration): Duration => Math.min(width, end - bucket * width)

const idleTime = ({able, busy, busyAway, cores}: HostTimes, bucket: number): number =>
  Math.max(0, able[bucket]! * cores - (busy[bucket]! - busyAway[bucket]!))
