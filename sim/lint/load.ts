import {type Duration, seconds, type Time} from '../engine/time.ts'
import {rateAt} from '../net/client/rate.ts'
import type {ConnectingWorkload, RateCurve} from '../net/options.ts'
import {nearlyAll} from './quantile.ts'
import type {Flow, Subject} from './subject.ts'

/** Cores that the requests of the busiest moment from `since` on keep busy in a tier. */
export function coresBusy(subject: Subject, tier: string, since: Time): number {
  const {end} = subject.scenario.world
  return subject.through(tier).reduce((sum, flow) => {
    if (!('rate' in flow.workload)) return sum
    return sum + (highestFrom(flow.workload.rate, since, end) * costIn(subject, flow, tier)) / seconds(1)
  }, 0)
}

/** Core time of one request of a workload in a tier. */
function costIn({tiers}: Subject, {workload, way}: Flow, tier: string): Duration {
  const {handshake, request} = tiers[tier]!.cpu
  const isFirst = way[0] === tier && workload.kind !== 'keep-alive'
  const service = way.at(-1) === tier && 'service' in workload ? workload.service.mean : 0
  return (isFirst ? handshake : 0) + request + service
}

/** Requests per second in the busiest moment between two instants. */
export function highestFrom(rate: RateCurve, since: Time, end: Time): number {
  const ends = [rateAt(rate, since), rateAt(rate, end)]
  if (rate.kind === 'constant') return rate.perSecond
  if (rate.kind === 'points')
    return Math.max(...ends, ...rate.points.filter(({at}) => at >= since && at <= end).map(it => it.perSecond))
  const peaks = Math.ceil((since - rate.peakAt) / rate.period)
  const next = rate.peakAt + peaks * rate.period
  return next <= end ? rate.mean * (1 + Math.abs(rate.swing)) : Math.max(...ends)
}

/** There and back to the first tier of a flow, but for one in a thousand. */
export function roundTrip({tiers}: Subject, {workload, way}: Flow): Duration {
  const link = workload.link ?? tiers[way[0]!]!.link
  return 2 * nearlyAll(link.latency)
}

/** How long nearly all requests of a workload take, once they have a connection; undefined of what keeps one. */
export function requestTime(workload: ConnectingWorkload): Duration | undefined {
  if (!('rate' in workload)) return undefined
  const body = workload.kind === 'upload' ? nearlyAll(workload.duration) : 0
  return body + nearlyAll(workload.service)
}
