import {cameToItsEnd, isCutShort} from '../../experiment/finished.ts'
import {formatDuration} from '../../scenario/units.ts'
import {count} from '../../words/figures.ts'
import {type Outcome, resultsAt} from './sweep.ts'

/** Stands behind a number that is not all told. */
export const unfinishedSign = '*'

/** Whether all releases of one way at one point came to their end, in all runs that did not fail. */
export const isFinishedAt = (outcome: Outcome, way: number, point: number): boolean =>
  resultsAt(outcome, way, point).every(cameToItsEnd)

/**
 * That some points look better than they are, for part of their release is yet to come; `mark` is how they are shown.
 * Nothing where all came to their end.
 */
export function unfinishedNote(outcome: Outcome, mark: string): string[] {
  const {ask, plan} = outcome
  const places = ask.strategies.flatMap((_, way) => plan.points.map((_, point) => ({way, point})))
  const open = places.filter(({way, point}) => !isFinishedAt(outcome, way, point))
  if (open.length === 0) return []
  const ways = ask.strategies.length === 1 ? '' : ` of ${count(ask.strategies.length)} strategies`
  const which = `${count(open.length)} of ${count(places.length)} points${ways} (${mark})`
  const isShort = open.some(({way, point}) => resultsAt(outcome, way, point).some(isCutShort))
  const what =
    open.length === 1 ? 'its end within the run, so what it costs' : 'their end within the run, so what they cost'
  return [`${which} did not come to ${what} is not all told${isShort ? longer(outcome) : ''}.`]
}

/** Nobody knows how long a release takes that was not seen to its end; twice the time is a next try. */
function longer({plan, about}: Outcome): string {
  if (plan.axes.some(({path}) => path === 'end') || about.end === 0) return ''
  return `: --set end=${formatDuration(2 * about.end)} makes runs twice as long`
}
