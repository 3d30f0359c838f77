import type {Duration, Time} from '../../sim/engine/time.ts'
import {firstAfter} from '../../sim/trace/ledger.ts'

/** The first of rising times after `time`; undefined if there is none. */
export const following = (times: Float64Array, time: Time): Time | undefined => times[firstAfter(times, time)]

/** The last of rising times before `time`; undefined if there is none. Times are whole. */
export const preceding = (times: Float64Array, time: Time): Time | undefined => times[firstAfter(times, time - 1) - 1]

/** When the first burst after `time` begins: something happens for which a time of at least `quiet` was without anything. */
export function followingBurst(times: Float64Array, time: Time, quiet: Duration): Time | undefined {
  let i = firstAfter(times, time)
  while (i < times.length && !begins(times, i, quiet)) i++
  return times[i]
}

/** When the last burst before `time` began. */
export function precedingBurst(times: Float64Array, time: Time, quiet: Duration): Time | undefined {
  let i = firstAfter(times, time - 1) - 1
  while (i >= 0 && !begins(times, i, quiet)) i--
  return times[i]
}

/** When the burst in which the i-th lies is over: the last time before a quiet stretch. */
export function burstEnd(times: Float64Array, i: number, quiet: Duration): Time {
  let last = i
  while (last + 1 < times.length && !begins(times, last + 1, quiet)) last++
  return times[last]!
}

const begins = (times: Float64Array, i: number, quiet: Duration): boolean =>
  i === 0 || times[i]! - times[i - 1]! >= quiet
