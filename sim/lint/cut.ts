import type {Distribution} from '../engine/distributions.ts'
import {type ConnectingWorkload, isSession} from '../net/options.ts'
import {highestFrom} from './load.ts'
import type {Released} from './released.ts'
import type {Flow, Subject} from './subject.ts'

/**
 * Of what a host has when its turn comes the share that its process is killed with: what is left of a duration under way
 * is longer than the drain. Undefined of what is moved or handed back, closed bit by bit, or asks for answers at once.
 */
export function cutShare(subject: Subject, released: Released, flow: Flow): number | undefined {
  const law = lawOf(flow.workload)
  const {lasts} = released.drain
  if (law === undefined || lasts === Infinity || !released.happens || isSpared(subject, released, flow))
    return undefined
  if (isSession(flow.workload) && released.has('tunnels')) {
    if (released.word('tunnels') === 'gradual') return undefined
    if (released.word('tunnels') === 'cut') return 1
  }
  return law.residualSurvival(lasts)
}

/** How long what is under way lives, of what lives for long. */
export function lawOf(workload: ConnectingWorkload): Distribution | undefined {
  if (isSession(workload)) return workload.lifetime
  return workload.kind === 'upload' ? workload.duration : undefined
}

/** Of a workload, how many are under way in all: by Little's law where they come at a rate. */
export function underWay({scenario}: Subject, {at}: Released, {workload}: Flow): number {
  if (isSession(workload)) return workload.connections
  if (!('rate' in workload)) return 0
  return (highestFrom(workload.rate, at, scenario.world.end) * (lawOf(workload)?.mean ?? 0)) / 1e6
}

function isSpared({tiers}: Subject, released: Released, {workload, way}: Flow): boolean {
  const place = way.indexOf(released.name)
  const before = place > 0 ? tiers[way[place - 1]!]! : undefined
  const link = before?.upstream?.find(({to}) => to === released.name)
  const asksToMove = released.strategy === 'downstream-connection-reuse' || released.is('reuse')
  if (workload.kind === 'mqtt') return asksToMove && link?.http2 !== undefined && before?.movesTunnels !== false
  if (workload.kind !== 'upload') return false
  const isHandedBack = released.strategy === 'partial-post-replay' && released.word('answer') === 'partial-post'
  return link?.bufferUploads === true || (isHandedBack && (link?.replay?.replays ?? 0) > 0)
}
