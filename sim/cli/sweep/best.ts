import {differenceAmong} from '../../experiment/comparison.ts'
import {type Estimate, estimate} from '../../experiment/estimate.ts'
import {numberIn, type Result} from '../../experiment/row.ts'
import {count} from '../../words/figures.ts'
import {intervalText} from '../../words/intervals.ts'
import {asPercents} from '../../words/rows.ts'
import {shortNames} from './shown.ts'
import {type Outcome, resultsAt, rowsAt, wayName} from './sweep.ts'
import {isFinishedAt} from './unfinished.ts'

/** One way at one point, all of whose runs came to their end. */
interface Candidate {
  readonly name: string
  readonly values: readonly number[]
  readonly mean: Estimate
}

const disruption = 'disruption.fraction'

/**
 * The point that disrupts least of those that came to their end, and how many are not to be told from it, as all their
 * differences by seed hold together. Nothing where there are not two to choose from.
 */
export function bestPoint(outcome: Outcome): string[] {
  const [best, ...others] = candidatesIn(outcome).toSorted((a, b) => a.mean.mean - b.mean.mean)
  if (best === undefined || others.length === 0) return []
  const verdicts = others.map(({values}) => differenceAmong(others.length, values, best.values).verdict)
  const times = (verdict: string) => verdicts.filter(it => it === verdict).length
  if (times('same') === others.length) return ['All points that came to their end disrupt the same.']
  const isOne = outcome.ask.replications === 1
  return [
    `${best.name} disrupts least${isOne ? ' under this seed' : ''}: ${meanText(best, isOne)} %${rivals(times('same'), isOne ? 0 : times('undecided'))}.`,
    ...(isOne ? ['More --replications tell whether that is chance.'] : []),
  ]
}

function candidatesIn(outcome: Outcome): Candidate[] {
  const {ask, plan} = outcome
  const names = shortNames(plan.axes.map(({path}) => path))
  return ask.strategies.flatMap((choice, way) =>
    plan.points.flatMap((point, i): Candidate[] => {
      const values = isFinishedAt(outcome, way, i) ? valuesOf(resultsAt(outcome, way, i)) : []
      if (values.length < rowsAt(outcome, way, i).length) return []
      const set = point.map((text, axis) => `${names[axis]}=${text}`)
      const name = [...(ask.strategies.length === 1 ? [] : [wayName(choice)]), ...set].join(', ')
      return [{name, values, mean: estimate(values)}]
    }),
  )
}

const valuesOf = (results: readonly Result[]): number[] => results.flatMap(it => numberIn(it, disruption) ?? [])

function meanText({mean}: Candidate, isOne: boolean): string {
  const style = asPercents(3)([mean.mean])
  return isOne ? style.text(mean.mean) : intervalText(mean, style)
}

const rivals = (same: number, open: number): string =>
  [[same, same === 1 ? 'does the same' : 'do the same'] as const, [open, 'cannot be told from it'] as const]
    .filter(([many]) => many > 0)
    .map(([many, what]) => `; ${count(many)} ${many === 1 ? 'other' : 'others'} ${what}`)
    .join('')
