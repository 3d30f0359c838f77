import {type Estimate, estimate} from '../../experiment/estimate.ts'
import {front} from '../../experiment/front.ts'
import type {Asked} from '../../experiment/measure.ts'
import {numberIn} from '../../experiment/row.ts'
import {type Solution, sentences} from '../../experiment/solution.ts'
import {answerAmong, type Tried} from '../../experiment/solve.ts'
import type {Judged, Target} from '../../experiment/target.ts'
import {none} from '../../words/figures.ts'
import {intervalText} from '../../words/intervals.ts'
import {headWith} from '../../words/rows.ts'
import type {Cell, Format, Row, Table} from '../../words/table.ts'
import {paragraphs} from './prose.ts'
import {drawTable, type Paper} from './table.ts'

/** All values that were tried, with what came of them, and the measures of a front with who is on it. */
export function drawSolution(solution: Solution, measures: readonly Asked[], paper: Paper): string {
  const parts = [
    drawTable(table(solution, measures), paper),
    paragraphs(legend(solution, measures), paper.width),
    paragraphs(sentences(solution, measures), paper.width),
  ]
  return parts.filter(part => part !== '').join('\n')
}

function table(solution: Solution, measures: readonly Asked[]): Table {
  const {param, quest, tried} = solution
  const columns = [
    ...quest.targets.map((target, i) => targetColumn(target, i, solution)),
    ...measures.map(measure => measureColumn(measure, solution)),
    ...(measures.length === 0 ? [] : [frontColumn(measures, solution)]),
  ]
  const answer = quest.targets.length === 0 ? undefined : answerAmong(tried, quest.largest)
  const rows = tried.map((it, k): Row => {
    const head = `${it === answer ? '→' : ' '} ${quest.kind.format(it.value)}`
    return {head, cells: columns.map(({cells}) => cells[k]!), ...(it === answer && {format: 'bold' as const})}
  })
  const wanted = columns.map(({wanted}) => ({text: wanted, format: 'dim' as const}))
  const bounds: Row[] = quest.targets.length === 0 ? [] : [{head: '  wanted', cells: wanted, format: 'dim'}]
  return {title: param.split('.').at(-1)!, columns: columns.map(({name}) => name), rows: [...bounds, ...rows]}
}

interface Column {
  readonly name: string
  readonly wanted: string
  readonly cells: readonly Cell[]
}

function targetColumn(target: Target, i: number, {tried}: Solution): Column {
  const means = tried.flatMap(({judged}) => judged[i]?.estimate?.mean ?? [])
  const style = target.measure.styling([target.bound, ...means])
  return {
    name: headWith(target.measure.name, style.unit),
    wanted: `${target.sense === 'atMost' ? '≤' : '≥'} ${style.text(target.bound)}  `,
    cells: tried.map(({judged, refused}) => {
      if (refused !== undefined) return {text: `${none}  `, format: 'dim'}
      const {estimate, state} = judged[i]!
      const text = estimate === undefined ? none : intervalText(estimate, style)
      return {text: `${text} ${signs[state]}`, format: formats[state]}
    }),
  }
}

const signs: Readonly<Record<Judged['state'], string>> = {met: '✓', undecided: '?', missed: '✗'}
const formats: Readonly<Record<Judged['state'], Format>> = {met: 'green', undecided: 'yellow', missed: 'red'}

function measureColumn(measure: Asked, solution: Solution): Column {
  const found = solution.tried.map(it => estimateOf(measure, it, solution))
  const style = measure.styling(found.map(it => it?.mean ?? null))
  return {
    name: headWith(measure.name, style.unit),
    wanted: '',
    cells: found.map(it => ({text: it === undefined ? none : intervalText(it, style)})),
  }
}

function frontColumn(measures: readonly Asked[], solution: Solution): Column {
  const on = frontOf(measures, solution)
  return {name: 'front', wanted: '', cells: on.map(it => (it ? {text: '◆', format: ['bold', 'green']} : {text: ''}))}
}

/** Which of the values tried are on the front of these measures. */
export const frontOf = (measures: readonly Asked[], solution: Solution): boolean[] =>
  front(
    solution.tried.map(it => measures.map(measure => estimateOf(measure, it, solution)?.mean)),
    measures,
  )

/** Of any measure at a value; undefined where a replication has no such number. */
export function estimateOf({name}: Asked, {value, refused}: Tried, solution: Solution): Estimate | undefined {
  if (refused !== undefined) return undefined
  const values = solution.resultsAt(value).map(result => numberIn(result, name) ?? null)
  const known = values.filter(it => it !== null)
  return known.length === values.length ? estimate(known, solution.confidence) : undefined
}

function legend({quest, tried}: Solution, measures: readonly Asked[]): string[] {
  const refused = tried.filter(it => it.refused !== undefined)
  return [
    ...(quest.targets.length === 0
      ? []
      : ['✓ met: the whole interval is within the bound. ✗ missed: it is wholly outside. ? undecided.']),
    ...(measures.length === 0
      ? []
      : ['◆ on the front: no other value tried is better in one of these and as good in the others, by their means.']),
    ...refused.map(({value, refused}) => `${quest.kind.format(value)}: ${refused}`),
  ]
}
