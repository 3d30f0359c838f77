import type {Script} from '../engine/script.ts'
import {minutes, seconds} from '../engine/time.ts'
import {atOnce, type ClosingLaw, gradually} from '../net/host/drain.ts'
import type {Process} from '../net/host/process.ts'
import {choice, duration, flag, type Values} from './option.ts'
import {drainThenKill} from './strategy.ts'

/** How an old process is drained, the same for every strategy that drains one. */
export const drains = {
  drainTimeout: duration(minutes(20), 'longest time for which the old process may finish what it has'),
  closing: choice('at once', ['at once', 'gradual'], 'whether it closes connections at once, or more and more of them'),
  drainTime: duration(Infinity, 'time over which it closes them where that is gradual; at most drainTimeout'),
  tunnels: choice('stay', ['stay', 'gradual', 'cut'], 'whether a tunnel stays, ends after some message, or at once'),
  leavesEarly: flag(true, 'whether it is gone as soon as it holds nothing more, or only after drainTimeout'),
} as const

type Drains = Values<typeof drains>

/** Drains a process as the options say, ends it, and waits until it has gone. */
export function drainOut(old: Process, options: Drains, answered = false): Script {
  const {drainTimeout, leavesEarly} = options
  return drainThenKill(old, drainTimeout, {law: closingLaw(options), early: leavesEarly, answered})
}

/** As kamal-proxy drains a target: tunnels are cut at once, requests have their time, and then a 504. */
export const targetDrains = {
  ...drains,
  drainTimeout: duration(seconds(30), 'longest time for which the old processes may finish what they have; then 504'),
  tunnels: choice('cut', drains.tunnels.choices, drains.tunnels.about),
} as const

export const drainTarget = (old: Process, options: Drains): Script => drainOut(old, options, true)

function closingLaw({closing, drainTimeout, drainTime, tunnels}: Drains): ClosingLaw {
  const slowly = gradually(Math.min(drainTime, drainTimeout))
  const law = closing === 'gradual' ? slowly : atOnce
  return {...law, tunnels: tunnels === 'gradual' ? slowly.tunnels : (tunnels as 'stay' | 'cut')}
}
