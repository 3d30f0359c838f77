import {toSeconds} from '../../engine/time.ts'
import type {Result} from '../../experiment/row.ts'
import {count, inWords, none} from '../../words/figures.ts'
import {intervalText} from '../../words/intervals.ts'
import {headWith} from '../../words/rows.ts'
import type {Cell, Row, Table} from '../../words/table.ts'
import {bestPoint} from '../sweep/best.ts'
import type {Format} from '../sweep/formats.ts'
import {page, tableIn} from '../sweep/outputs.ts'
import {estimateOf, type Shown, shortNames} from '../sweep/shown.ts'
import {type Outcome, resultsAt, wayName} from '../sweep/sweep.ts'
import {isFinishedAt, unfinishedNote, unfinishedSign} from '../sweep/unfinished.ts'
import {paragraphs} from './prose.ts'
import {drawHeading} from './run.ts'
import {printable} from './style.ts'
import {drawTable, type Paper} from './table.ts'

/** A sweep for people: at each point the measures that one decides by; as many points as a screen has room for. */
export function drawSweep(outcome: Outcome, paper: Paper, formats: readonly Format[]): string {
  const {left, table} = tableOf(outcome)
  const parts = [
    drawHeading(outcome.about, facts(outcome), paper),
    drawTable(table, paper),
    paragraphs(notes(table, left, outcome), paper.width),
    drawFailures(outcome, paper),
    whereTo(outcome, formats),
  ]
  return parts.filter(part => part !== '').join('\n')
}

const facts = ({ask: {seed, replications}, plan, made, about}: Outcome): string[] => [
  `${count(plan.cells.length)} runs${made === undefined ? '' : madeNow(made, plan.cells.length)}`,
  replications === 1 ? `seed ${seed}` : `seeds ${seed} to ${seed + replications - 1}`,
  `${inWords(toSeconds(about.end))} simulated`,
]

/** What the table does not say. */
function notes({rows}: Table, left: number, outcome: Outcome): string[] {
  const {folder} = outcome
  const lacks = rows.some(({cells}) => cells.some(({text}) => text.startsWith(none)))
  return [
    ...bestPoint(outcome),
    ...unfinishedNote(outcome, unfinishedSign),
    ...(lacks ? [`${none}: a run has no such number, as of a release that did not come to its end.`] : []),
    ...(left > 0 ? [`${count(left)} more lines are in ${folder}, in rows.csv and heat-map.html.`] : []),
  ]
}

const madeNow = (made: number, all: number): string =>
  made === 0 ? ', nothing new to run' : `, ${made === all ? 'all' : count(made)} of them made now`

const whereTo = ({folder}: Outcome, formats: readonly Format[]): string =>
  `${[`${folder}/${page}`, ...formats.map(tableIn)].join(' · ')}\n`

/** What there is to tell of a part, of which nothing follows yet. */
export function drawPart(outcome: Outcome, paper: Paper): string {
  const {folder, about} = outcome
  const parts = [
    drawHeading(about, facts(outcome), paper),
    paragraphs([`This part is in ${folder}. Once all are there, zdr merge OUT PART... joins them.`], paper.width),
    drawFailures(outcome, paper),
  ]
  return parts.filter(part => part !== '').join('\n')
}

const mostRows = 48
const fewestRows = 5

/** Values of the axes first, then the measures. Of several ways each has its points under its name. */
function tableOf(outcome: Outcome): {readonly table: Table; readonly left: number} {
  const {plan, ask, shown} = outcome
  const {points, axes} = plan
  const each = Math.min(points.length, Math.max(fewestRows, Math.floor(mostRows / ask.strategies.length)))
  const found = ask.strategies.map((_, way) => points.slice(0, each).map((_, point) => resultsAt(outcome, way, point)))
  const signs = signsOf(outcome)
  const columns = shown.map(it => columnOf(it, found))
  const [first, ...others] = shortNames(axes.map(({path}) => path))
  const rows = ask.strategies.flatMap((choice, way): Row[] => {
    const lines = points.slice(0, each).map(([head = '', ...rest], point): Row => {
      const cells = [
        ...rest.map((text): Cell => ({text: printable(text)})),
        ...columns.map(({cells}) => ({text: cells[way]![point]! + signs(way, point)})),
      ]
      return {head: printable(head), cells}
    })
    return ask.strategies.length === 1 ? lines : [{head: wayName(choice), cells: []}, ...lines]
  })
  const left = (points.length - each) * ask.strategies.length
  return {left, table: {title: first!, columns: [...others, ...columns.map(({head}) => head)], rows}}
}

/** What stands behind the numbers of a point; where some have a sign, a blank keeps those of the others below them. */
function signsOf(outcome: Outcome): (way: number, point: number) => string {
  const blank = unfinishedNote(outcome, unfinishedSign).length === 0 ? '' : ' '
  return (way, point) => (isFinishedAt(outcome, way, point) ? blank : unfinishedSign)
}

/** A column is in one unit throughout. */
function columnOf({name, head, styling}: Shown, found: readonly (readonly (readonly Result[])[])[]) {
  const estimates = found.map(points => points.map(results => estimateOf(results, name)))
  const style = styling(estimates.flat().map(it => it?.mean ?? null))
  const cells = estimates.map(points =>
    points.map(it => {
      if (it === undefined) return none
      return it.replications === 1 ? style.text(it.mean) : intervalText(it, style)
    }),
  )
  return {head: headWith(head, style.unit), cells}
}

const mostFailures = 3

function drawFailures({failures, plan, folder}: Outcome, {style, width}: Paper): string {
  if (failures.length === 0) return ''
  const told = failures.slice(0, mostFailures).flatMap(({error, repeat}) => [
    ...paragraphs([printable(error.split('\n')[0]!)], width)
      .trimEnd()
      .split('\n'),
    `  ${repeat}`,
  ])
  const rest = failures.length - mostFailures
  const lines = [
    style('red', `${count(failures.length)} of ${count(plan.cells.length)} runs failed:`),
    ...told,
    ...(rest > 0 ? [`and ${count(rest)} more, which ${folder} tells`] : []),
  ]
  return lines.map(line => `${line}\n`).join('')
}
