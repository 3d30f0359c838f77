import {type Duration, seconds} from '../../engine/time.ts'
import {isSession, type RequestWorkload} from '../../net/options.ts'
import {formatDuration} from '../../scenario/units.ts'
import {inWords} from '../../words/figures.ts'
import type {Rule, Trouble} from '../finding.ts'
import {requestTime} from '../load.ts'
import {nearlyAll, roundedUp} from '../quantile.ts'
import type {Released} from '../released.ts'
import type {Flow, Subject} from '../subject.ts'

export const holdOutlasts: Rule = {
  name: 'hold-outlasts',
  wants: 'Requests are held for less time than the proxy, the device in front of it and the client wait.',
  severity: 'error',
  evidence: 'https://github.com/basecamp/intermission',
  find: subject =>
    subject.releases
      .filter(({strategy}) => strategy === 'request-pause')
      .flatMap(released => subject.through(released.name).flatMap(flow => find(subject, released, flow))),
}

/** How long somebody waits, and where that is said. */
interface Limit {
  readonly path: string
  readonly who: string
  readonly lasts: Duration
}

function find(subject: Subject, released: Released, flow: Flow): Trouble[] {
  const held = holdTime(subject, released)
  if (isSession(flow.workload) || flow.way[0] === released.name || held === Infinity) return []
  const limits = limitsOf(subject, released, flow, flow.workload).filter(({lasts}) => lasts <= held)
  return limits.map(({path, who, lasts}) => ({
    found: [
      {path, value: formatDuration(lasts)},
      {path: `release.${released.name}`, value: `holds requests for up to ${inWords(held / seconds(1))}`},
    ],
    reason: `Requests of ${flow.name} that come early in the pause of ${released.name} fail, for ${who} waits ${inWords(lasts / seconds(1))}.`,
    fix: [`${path}=${formatDuration(roundedUp(held + seconds(1)))}`],
  }))
}

function limitsOf({tiers}: Subject, released: Released, {name, way}: Flow, {requestTimeout}: RequestWorkload): Limit[] {
  const entry = way[0]!
  return [
    {path: released.path('failAfter'), who: 'the proxy', lasts: released.number('failAfter')},
    {path: `tiers.${entry}.frontTimeout`, who: 'the device in front', lasts: tiers[entry]!.frontTimeout},
    {path: `traffic.${name}.requestTimeout`, who: 'the client', lasts: requestTimeout},
  ]
}

/** The drain, what is done while nothing runs, and the boot, but for one in a thousand. */
function holdTime(subject: Subject, released: Released): Duration {
  const waits = subject.through(released.name).map(({workload}) => {
    if (isSession(workload)) return released.word('tunnels') === 'cut' ? 0 : Infinity
    return requestTime(workload) ?? 0
  })
  const drain = released.is('leavesEarly') ? Math.max(0, ...waits) : Infinity
  return Math.min(drain, released.number('drainTimeout')) + released.number('work') + nearlyAll(released.tier.boot.time)
}
