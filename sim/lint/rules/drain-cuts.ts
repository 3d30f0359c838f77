import {seconds} from '../../engine/time.ts'
import {isSession} from '../../net/options.ts'
import {formatDuration} from '../../scenario/units.ts'
import {count, inWords, percent} from '../../words/figures.ts'
import {cutShare, lawOf, underWay} from '../cut.ts'
import type {Rule, Trouble} from '../finding.ts'
import {leftOver, roundedUp, rounding} from '../quantile.ts'
import type {Released} from '../released.ts'
import type {Flow, Subject} from '../subject.ts'

/** The share that may be cut; a drain of more than a day is nobody's answer. */
const bearable = 0.001 + rounding
const longest = seconds(86_400)

export const drainCuts: Rule = {
  name: 'drain-cuts',
  wants: 'Of what is under way when a host leaves, 99.9 % end by themselves before its drain does.',
  severity: 'note',
  evidence: 'https://github.com/envoyproxy/envoy/issues/34500',
  find: subject =>
    subject.releases.flatMap(released => subject.through(released.name).flatMap(flow => find(subject, released, flow))),
}

function find(subject: Subject, released: Released, flow: Flow): Trouble[] {
  const share = cutShare(subject, released, flow)
  const all = underWay(subject, released, flow) * released.share
  if (share === undefined || share <= bearable || all * share < 1) return []
  const {lasts, option} = released.drain
  const law = lawOf(flow.workload)!
  const enough = roundedUp(leftOver(law, bearable))
  const isLate = released.has(option) && !isCut(released, flow)
  return [
    {
      found: [
        ...(isLate ? [{path: released.path(option), value: formatDuration(lasts)}] : []),
        ...(isLate || !released.has('tunnels')
          ? []
          : [{path: released.path('tunnels'), value: released.word('tunnels')}]),
        {path: `traffic.${flow.name}.${isSession(flow.workload) ? 'lifetime' : 'duration'}`, value: meanOf(law.mean)},
      ],
      reason: `Some ${count(all * share)} of ${flow.name}, ${percent(share, share > 0.9995 ? 0 : 1)} % of those on the hosts that are restarted, ${when(released, flow)}${isLate && enough > longest ? '; no drain is long enough for them: have them move, or end by a greatest age' : ''}.`,
      fix: isLate && enough <= longest ? [`${released.path(option)}=${formatDuration(enough)}`] : [],
    },
  ]
}

const isCut = (released: Released, {workload}: Flow): boolean =>
  isSession(workload) && released.has('tunnels') && released.word('tunnels') === 'cut'

const meanOf = (mean: number): string => (mean === Infinity ? 'forever' : `mean ${formatDuration(Math.round(mean))}`)

function when(released: Released, flow: Flow): string {
  if (isCut(released, flow)) return `are cut as the drain of ${released.name} begins`
  if (!released.has(released.drain.option))
    return `are cut, for ${released.strategy} kills ${released.name} without a drain`
  const {lasts} = released.drain
  return `have more than ${inWords(lasts / seconds(1))} to go when their host of ${released.name} leaves, and are cut at the end of its drain`
}
