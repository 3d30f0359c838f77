import type {ActorId} from '../../../sim/net/events.ts'
import {families} from '../../recording/family.ts'
import type {Recording} from '../../recording/recording.ts'
import {endingsOf, isBroken, open} from './endings.ts'

export const orders = ['forced close', 'begin', 'end', 'host'] as const
export type Order = (typeof orders)[number]

/** Which lives one wants to see. */
export interface Filter {
  /** Index of the recording's workloads; all if left out. */
  readonly workload?: number
  readonly host?: ActorId
  readonly onlyBroken: boolean
}

/** Above every time of a run. */
const never = 2 ** 45
const last = families.length * never

/** The rows of lives that pass a filter, in an order; what is equal in it stands in order of its begin. */
export function ordered(recording: Recording, {workload, host, onlyBroken}: Filter, order: Order): Int32Array {
  const {lives} = recording
  const endings = endingsOf(recording)
  const rows: number[] = []
  for (let row = 0; row < lives.from.length; row++) {
    const passes =
      (workload === undefined || lives.workload[row] === workload) &&
      (host === undefined || endings.host[row] === host) &&
      (!onlyBroken || isBroken(endings.family[row]!))
    if (passes) rows.push(row)
  }
  const key = keysOf(recording, order)
  return Int32Array.from(rows).sort((a, b) => key[a]! - key[b]! || lives.from[a]! - lives.from[b]! || a - b)
}

function keysOf(recording: Recording, order: Order): Float64Array {
  const {from, to} = recording.lives
  if (order === 'begin') return from
  if (order === 'end') return to
  const {family, host} = endingsOf(recording)
  if (order === 'host') return Float64Array.from(host, it => (it < 0 ? never : it))
  // Each family has its stretch of keys, by the time of the end; what is still open comes last.
  return Float64Array.from(family, (it, row) => (isBroken(it) ? it * never + to[row]! : last + Number(it === open)))
}
