import {toSeconds} from '../../engine/time.ts'
import {type Finding, findings, type Replicated} from '../../experiment/comparison.ts'
import type {Difference} from '../../experiment/difference.ts'
import {type Expected, expectedOf} from '../../experiment/expectations.ts'
import {roundedUp, verdict} from '../../experiment/verdict.ts'
import type {Scenario} from '../../scenario/scenario.ts'
import {count, inWords, none} from '../../words/figures.ts'
import {differenceText, intervalText} from '../../words/intervals.ts'
import {type Measure, measureGroups} from '../../words/measures.ts'
import {headWith, type Style} from '../../words/rows.ts'
import type {Cell, Row, Table} from '../../words/table.ts'
import {paragraphs} from './prose.ts'
import {drawHeading, drawWarnings} from './run.ts'
import {drawTable, type Paper} from './table.ts'

/** Which seeds there were: so many, from the first one on. */
export interface Seeds {
  readonly seed: number
  readonly replications: number
}

/** Several strategies on the same traffic, under several seeds: means, differences, and what follows from them in words. */
export function drawReplicated(ways: readonly Replicated[], scenario: Scenario, seeds: Seeds, paper: Paper): string {
  const told = measureGroups(Object.keys(scenario.world.traffic)).map(({name, measures}) => ({
    name,
    measures: measures.flatMap(measure => {
      const found = findings(measure.name, ways)
      return found === undefined ? [] : [{measure, found}]
    }),
  }))
  const parts = [
    drawHeading(scenario, facts(scenario, seeds), paper),
    drawTable(meansTable(ways, told), paper),
    ways.length < 2 ? '' : drawTable(differencesTable(ways, told), paper),
    paragraphs(ways.length < 2 ? [] : legend(told, seeds), paper.width),
    drawExpected(ways, scenario, seeds, paper),
    drawWarnings(
      ways.flatMap(({results}) => results),
      paper,
    ),
    paragraphs(verdict(ways), paper.width),
  ]
  return parts.filter(part => part !== '').join('\n')
}

interface Told {
  readonly name: string
  readonly measures: readonly {readonly measure: Measure; readonly found: readonly Finding[]}[]
}

const facts = ({world}: Scenario, {seed, replications}: Seeds): string[] => [
  `seeds ${seed} to ${seed + replications - 1}`,
  `${inWords(toSeconds(world.end))} simulated`,
  'the same traffic for each',
]

function meansTable(ways: readonly Replicated[], told: readonly Told[]): Table {
  const rows = rowsOf(told, ({better}, found, style) => {
    const means = found.map(({estimate}) => estimate?.mean)
    const best = (better === 'lower' ? Math.min : Math.max)(...means.filter(mean => mean !== undefined))
    const isBest = means.map(mean => mean !== undefined && style.text(mean) === style.text(best))
    return found.map(({estimate}, i): Cell => {
      const text = estimate === undefined ? none : intervalText(estimate, style)
      return isBest[i] && isBest.includes(false) ? {text, format: ['bold', 'green']} : {text}
    })
  })
  return {title: 'Mean and 95 % interval', columns: ways.map(({strategy}) => strategy), rows}
}

function differencesTable([first, ...others]: readonly Replicated[], told: readonly Told[]): Table {
  const rows = rowsOf(told, ({better}, found, style) => {
    const means = found.flatMap(({estimate}) => estimate?.mean ?? [])
    return found.slice(1).map(({difference}): Cell => {
      if (difference === undefined) return {text: none}
      const text = differenceText(difference, style, means)
      return differenceCell(difference, text, better)
    })
  })
  return {title: `Against ${first!.strategy}`, columns: others.map(({strategy}) => strategy), rows}
}

function differenceCell({verdict, needed}: Difference, text: string, better: Measure['better']): Cell {
  if (verdict === 'same') return {text: 'same', format: 'dim'}
  if (verdict === 'undecided') return {text: `${text} ${neededText(needed!)}`, format: 'yellow'}
  return {text, format: (verdict === 'less') === (better === 'lower') ? 'green' : 'red'}
}

const neededText = (needed: number): string =>
  needed === Number.POSITIVE_INFINITY ? '(?)' : `(${count(roundedUp(needed))})`

type Cells = (measure: Measure, found: readonly Finding[], style: Style) => Cell[]

const rowsOf = (told: readonly Told[], cells: Cells): Row[] =>
  told.flatMap(({name, measures}) => {
    const rows = measures.map(({measure, found}): Row => {
      const style = measure.styling(found.map(({estimate}) => estimate?.mean ?? null))
      return {head: `  ${headWith(measure.head, style.unit)}`, cells: cells(measure, found, style)}
    })
    return rows.length === 0 ? [] : [{head: name, cells: []}, ...rows]
  })

/** How to read the table of differences. */
function legend(told: readonly Told[], {replications}: Seeds): string[] {
  const all = told.flatMap(({measures}) => measures.flatMap(({found}) => found))
  const open = all.flatMap(({difference}) => (difference?.verdict === 'undecided' ? difference.needed! : []))
  const same = all.some(({difference}) => difference?.verdict === 'same')
  const lacking = all.some(it => it.lacking > 0)
  return [
    ...(same ? [`same: no difference in ${replications} replications.`] : []),
    ...(open.length > 0 ? ['In brackets: undecided, and about how many replications would settle it.'] : []),
    ...(lacking
      ? [`${none}: there is no such number in some of the replications, so nothing is known of its mean.`]
      : []),
  ]
}

function drawExpected(ways: readonly Replicated[], scenario: Scenario, {seed}: Seeds, paper: Paper): string {
  const all = ways.flatMap(way => expectedOf(way, scenario).map(expected => ({way, expected})))
  if (all.length === 0) return ''
  const unmet = all.filter(({expected}) => expected.unmet.length > 0)
  const every = all.length === 1 ? 'The one expectation is met' : `All ${all.length} expectations are met`
  if (unmet.length === 0) return `${every} in every replication.\n`
  const rows = unmet.map(({way, expected}) => expectedRow(way, expected, seed))
  return drawTable({title: 'Expected', columns: ['of', 'wanted', 'not met', 'first with'], rows}, paper)
}

function expectedRow({strategy, results}: Replicated, {path, wanted, unmet}: Expected, seed: number): Row {
  const cells = [strategy, wanted, `${unmet.length} of ${results.length}`, `--seed ${seed + unmet[0]!}`]
  return {head: path, cells: cells.map((text, i) => (i === 2 ? {text, format: 'red'} : {text}))}
}
