import type {Duration, Time} from '../engine/time.ts'

/** What one host of a tier did in each bucket of the run: for how long it was able, and core time that it spent. */
export interface HostTimes {
  readonly able: Float64Array
  readonly busy: Float64Array
  readonly busyAway: Float64Array
  readonly cores: number
}

/**
 * The share of a tier's cores that is idle where new work can go, bucket by bucket. A host out of rotation has idle
 * cores too, but nobody can use them: with a share b out and utilisation u before, it is (1 - b) - u.
 */
export function idleCpu(hosts: readonly HostTimes[], end: Time, width: Duration): {min: number; mean: number} {
  const cores = hosts.reduce((sum, host) => sum + host.cores, 0)
  let min = 1
  let sum = 0
  for (let start = 0; start < end; start += width) {
    const bucket = start / width
    const length = Math.min(width, end - start)
    const idle = hosts.reduce((total, host) => total + idleTime(host, bucket), 0) / (cores * length)
    sum += idle * length
    // A last bucket of a sliver says nothing about the run.
    if (length === width || start === 0) min = Math.min(min, idle)
  }
  return {min, mean: sum / end}
}

const idleTime = ({able, busy, busyAway, cores}: HostTimes, bucket: number): number =>
  Math.max(0, able[bucket]! * cores - (busy[bucket]! - busyAway[bucket]!))
