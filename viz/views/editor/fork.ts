import type {Time} from '../../../sim/engine/time.ts'
import {formatDuration} from '../../../sim/scenario/units.ts'
import type {Lane} from '../../desk/run.ts'
import {clockText} from '../../draw/words.ts'
import type {Outline} from '../../worker/outline.ts'

/** What somebody may do to a run from one instant on. */
export type Intervention =
  | {readonly kind: 'kill'; readonly host: string}
  | {readonly kind: 'halt'; readonly tier: string}
  | {readonly kind: 'jitter'; readonly workload: string; readonly jitter: string}

/**
 * The lane with an intervention at an instant. In its scenario that is one more entry which takes effect then, so all
 * that was before comes out the same.
 */
export function forked(lane: Lane, intervention: Intervention, at: Time, outline: Outline): Lane {
  const sets = [...lane.sets, ...setsFor(lane, intervention, formatDuration(at), outline)]
  return {...lane, label: `${lane.label}, ${inWords(intervention)} at ${clockText(at)}`, forkedAt: at, sets}
}

export function inWords(intervention: Intervention): string {
  if (intervention.kind === 'kill') return `${intervention.host} dies`
  if (intervention.kind === 'halt') return `release of ${intervention.tier} halted`
  return `${intervention.workload} with jitter ${intervention.jitter}`
}

function setsFor(lane: Lane, intervention: Intervention, at: string, {faults, changes}: Outline): string[] {
  const {kind} = intervention
  if (kind === 'halt') return [`release.${intervention.tier}.halt=${at}`]
  if (kind === 'kill') return entry('faults', faults, lane, [`host-dies=${intervention.host}`, `at=${at}`])
  const {workload, jitter} = intervention
  return entry('changes', changes, lane, [`reconnect=${workload}`, `at=${at}`, `jitter=${jitter}`])
}

/** One more entry of a list, behind those of the file and those that the lane has already. */
function entry(list: string, there: number, lane: Lane, values: readonly string[]): string[] {
  const own = new Set(lane.sets.flatMap(set => new RegExp(`^${list}\\.(\\d+)\\.`).exec(set)?.[1] ?? []))
  return values.map(value => `${list}.${there + own.size}.${value}`)
}
