import {type Duration, seconds} from '../../engine/time.ts'
import {formatDuration} from '../../scenario/units.ts'
import {inWords} from '../../words/figures.ts'
import type {Rule} from '../finding.ts'
import {requestTime, roundTrip} from '../load.ts'
import {nearlyAll, roundedUp} from '../quantile.ts'
import type {Released} from '../released.ts'
import type {Flow, Subject} from '../subject.ts'

const option = 'terminationGracePeriod'

export const graceTooShort: Rule = {
  name: 'grace-too-short',
  wants: 'The grace period, of which preStop is a part, is long enough for the last requests that a pod is sent.',
  severity: 'error',
  evidence: 'https://github.com/istio/istio/issues/34855',
  find: subject => subject.releases.flatMap(released => find(subject, released)),
}

function find(subject: Subject, released: Released) {
  const preStop = released.number('preStop')
  const grace = graceNeeded(subject, released, preStop)
  if (grace === undefined) return []
  const {flow, from, takes} = longestOf(subject, released, preStop)!
  return [
    {
      found: [
        {path: released.path('preStop'), value: formatDuration(preStop)},
        {path: released.path(option), value: formatDuration(released.number(option))},
        {path: `traffic.${flow.name}`, value: `99.9 % are answered within ${inWords(takes / seconds(1))}`},
      ],
      reason: `Pods of ${released.name} get requests of ${flow.name} for ${inWords(from / seconds(1))} after their removal, and SIGKILL comes ${inWords(released.number(option) / seconds(1))} after it, for preStop is part of that time: what is under way then is cut.`,
      fix: [`${released.path(option)}=${formatDuration(grace)}`],
    },
  ]
}

/** The grace period that a pod would need with such a preStop, if it has a shorter one. */
export function graceNeeded(subject: Subject, released: Released, preStop: Duration): Duration | undefined {
  const longest = longestOf(subject, released, preStop)
  if (longest === undefined || !released.has(option)) return undefined
  const needed = Math.max(preStop, longest.from + longest.takes)
  return released.number(option) < needed ? roundedUp(Math.max(needed, seconds(1))) : undefined
}

interface Longest {
  readonly flow: Flow
  /** Until when after its removal a pod gets its requests: those on connections that it has come until SIGTERM. */
  readonly from: Duration
  /** With the way there and back; of sessions that way alone. */
  readonly takes: Duration
}

/** The workload through a tier whose requests are through last. */
function longestOf(subject: Subject, released: Released, preStop: Duration): Longest | undefined {
  const lag = released.has('propagation') ? nearlyAll(released.law('propagation')) : 0
  const all = subject.through(released.name).map(flow => ({
    flow,
    from: flow.workload.kind === 'keep-alive' ? preStop : Math.min(preStop, lag),
    takes: (requestTime(flow.workload) ?? 0) + roundTrip(subject, flow),
  }))
  return all.sort((a, b) => b.from + b.takes - a.from - a.takes)[0]
}
