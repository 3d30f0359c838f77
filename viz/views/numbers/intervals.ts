import type {Estimate} from '../../../sim/experiment/estimate.ts'
import type {Report} from '../../../sim/metrics/report.ts'
import {none} from '../../../sim/words/figures.ts'
import {differenceText, intervalText} from '../../../sim/words/intervals.ts'
import {type Measure, measureGroups} from '../../../sim/words/measures.ts'
import {headWith} from '../../../sim/words/rows.ts'

/** What several seeds say of a measure: a cell for each lane. A row without cells heads those below it. */
export interface IntervalRow {
  readonly head: string
  readonly cells: readonly IntervalCell[]
}
export interface IntervalCell {
  /** Mean and half of the interval. */
  readonly text: string
  readonly isBest: boolean
  /** To the first lane, seed by seed; of the first lane itself there is none. */
  readonly difference?: {readonly text: string; readonly isClear: boolean}
}
type Estimated = (values: readonly number[]) => Estimate

/**
 * The measures of some lanes, each under the same seeds in the same order. A difference is estimated from the pairs, for
 * what a seed makes worse for one lane it mostly makes worse for the other; it is clear if its interval leaves out 0.
 */
export function intervals(lanes: readonly (readonly Report[])[], estimate: Estimated): IntervalRow[] {
  return measureGroups(Object.keys(lanes[0]![0]!.traffic)).flatMap(({name, measures}) => {
    const rows = measures.flatMap(measure => rowOf(measure, lanes, estimate))
    return rows.length === 0 ? [] : [{head: name, cells: []}, ...rows]
  })
}

function rowOf({head, styling, figure, better}: Measure, lanes: readonly (readonly Report[])[], estimate: Estimated) {
  const figures = lanes.map(reports => reports.map(figure))
  if (figures.every(values => values.every(value => value === null))) return []
  const means = figures.map(values => estimated(values, estimate))
  const style = styling(means.map(it => it?.mean ?? null))
  const written = (difference: Estimate) =>
    differenceText(
      difference,
      style,
      means.flatMap(it => it?.mean ?? []),
    )
  const best = bestOf(
    means.map(it => (it === undefined ? none : style.text(it.mean))),
    means,
    better,
  )
  const cells = means.map((mean, i): IntervalCell => {
    const difference = i === 0 ? undefined : differenceOf(figures[i]!, figures[0]!, estimate, written)
    const text = mean === undefined ? none : intervalText(mean, style)
    return {text, isBest: best[i]!, ...(difference && {difference})}
  })
  return [{head: `  ${headWith(head, style.unit)}`, cells}]
}

/** Where a number is missing under one seed, nothing is known of its mean. */
function estimated(values: readonly (number | null)[], estimate: Estimated): Estimate | undefined {
  const known = values.filter(value => value !== null)
  return known.length === values.length ? estimate(known) : undefined
}

/** Those whose mean looks like the best one, unless all do. */
function bestOf(
  texts: readonly string[],
  means: readonly (Estimate | undefined)[],
  better: Measure['better'],
): boolean[] {
  const known = means.flatMap(it => (it === undefined ? [] : [it.mean]))
  const best = (better === 'lower' ? Math.min : Math.max)(...known)
  const text = texts[means.findIndex(it => it?.mean === best)]
  return texts.map(it => it === text && !texts.every(other => other === text))
}

function differenceOf(
  own: readonly (number | null)[],
  first: readonly (number | null)[],
  estimate: Estimated,
  written: (difference: Estimate) => string,
): IntervalCell['difference'] {
  const pairs = own.map((value, k) => (value === null || first[k] == null ? null : value - first[k]))
  const found = estimated(pairs, estimate)
  if (found === undefined) return undefined
  const {mean, half} = found
  if (mean === 0 && half === 0) return {text: 'the same', isClear: false}
  return {text: written(found), isClear: Math.abs(mean) > half}
}
