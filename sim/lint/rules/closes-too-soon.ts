import {type Duration, seconds} from '../../engine/time.ts'
import {formatDuration} from '../../scenario/units.ts'
import {inWords} from '../../words/figures.ts'
import type {Rule} from '../finding.ts'
import {roundTrip} from '../load.ts'
import {nearlyAll, roundedUp} from '../quantile.ts'
import type {Released} from '../released.ts'
import type {Subject} from '../subject.ts'
import {graceNeeded} from './grace-too-short.ts'

/** The option that keeps a listener open once its host has left, of strategies that have one. */
const waits: Readonly<Record<string, string>> = {
  'rolling-update': 'preStop',
  'blue-green': 'settle',
  'graceful-drain': 'settle',
  'partial-post-replay': 'settle',
  'reuseport-steering': 'settle',
}

export const closesTooSoon: Rule = {
  name: 'closes-too-soon',
  wants: 'A listener stays open until everybody has heard that its host has left, and a round trip longer.',
  severity: 'error',
  evidence: 'https://github.com/kubernetes/kubernetes/issues/43576',
  find: subject => subject.releases.flatMap(released => find(subject, released)),
}

function find(subject: Subject, released: Released) {
  const option = waits[released.strategy]
  if (option === undefined || subject.through(released.name).length === 0) return []
  if (released.strategy === 'graceful-drain' && !released.is('leaveFirst')) return []
  const lag = released.has('propagation') ? nearlyAll(released.law('propagation')) : 0
  const way = Math.max(...subject.through(released.name).map(flow => roundTrip(subject, flow)))
  const wanted = lag + way
  const waited = waitedFor(released, option)
  if (waited >= wanted) return []
  const heard = released.has('propagation')
    ? [{path: released.path('propagation'), value: `99.9 % within ${inWords(lag / seconds(1))}`}]
    : []
  const trip = {path: linkPath(subject, released), value: `round trip ${inWords(way / seconds(1))}`}
  return [
    {
      found: [
        {path: released.path(option), value: early(released) ? 'ends early' : formatDuration(waited)},
        ...heard,
        trip,
      ],
      reason: `A host of ${released.name} stops listening ${inWords(waited / seconds(1))} after it has left, and for ${inWords(wanted / seconds(1))} there are still some who send it connections: they are refused or reset.`,
      fix: fixOf(subject, released, option, roundedUp(wanted)),
    },
  ]
}

/** A hook is cut short by the end of the grace period, and one that ends early may end at once. */
function waitedFor(released: Released, option: string): Duration {
  const wait = early(released) ? 0 : released.number(option)
  return released.has('terminationGracePeriod') ? Math.min(wait, released.number('terminationGracePeriod')) : wait
}

const early = (released: Released): boolean => released.is('preStopEndsEarly')

function fixOf(subject: Subject, released: Released, option: string, wait: Duration): string[] {
  const grace = graceNeeded(subject, released, wait)
  return [
    `${released.path(option)}=${formatDuration(Math.max(wait, released.number(option)))}`,
    ...(early(released) ? [`${released.path('preStopEndsEarly')}=false`] : []),
    ...(grace === undefined ? [] : [`${released.path('terminationGracePeriod')}=${formatDuration(grace)}`]),
  ]
}

function linkPath(subject: Subject, released: Released): string {
  const [flow] = subject.through(released.name).toSorted((a, b) => roundTrip(subject, b) - roundTrip(subject, a))
  return flow!.workload.link === undefined ? `tiers.${flow!.way[0]}.link` : `traffic.${flow!.name}.link`
}
