import type {Report} from '../metrics/report.ts'
import {asWritten} from './as-written.ts'
import type {Contender} from './conclusion.ts'
import {type Measure, measureGroups} from './measures.ts'
import type {Row, Table} from './table.ts'

/** The measures that apply, a column for each contender, with the best of each row set off. */
export function comparison(contenders: readonly Contender[]): Table {
  const reports = contenders.map(({report}) => report)
  const groups = measureGroups(Object.keys(reports[0]!.traffic))
  const rows = groups.flatMap(({name, measures}): Row[] => {
    const figures = measures.filter(({figure}) => reports.some(report => figure(report) !== null))
    if (figures.length === 0) return []
    return [{head: name, cells: []}, ...figures.map(measure => indented(marked(measure, reports)))]
  })
  return {title: '', columns: contenders.map(({strategy}) => strategy), rows: [...whoTakesWhat(contenders), ...rows]}
}

/** Which tiers a strategy releases, where there is one that it leaves as the scenario has it. */
function whoTakesWhat(contenders: readonly Contender[]): Row[] {
  const takes = ({strategy, report}: Contender, tier: string) => report.strategies[tier] === strategy
  const tiers = Object.keys(contenders[0]!.report.strategies)
  const all = contenders.every(it => it.strategy === asWritten || tiers.every(tier => takes(it, tier)))
  if (all) return []
  const cells = (tier: string) => contenders.map(it => ({text: takes(it, tier) ? 'this way' : 'as written'}))
  return [{head: 'Released', cells: []}, ...tiers.map(tier => indented({head: tier, cells: cells(tier)}))]
}

const indented = (row: Row): Row => ({...row, head: `  ${row.head}`})

/** With the best figure marked, and all that look like it, unless they all do. */
function marked({draw, figure, better}: Measure, reports: readonly Report[]): Row {
  const row = draw(reports)
  const figures = reports.map(figure)
  const known = figures.filter(value => value !== null)
  const best = row.cells[figures.indexOf((better === 'lower' ? Math.min : Math.max)(...known))]
  if (row.cells.every(({text}) => text === best?.text)) return row
  return {
    ...row,
    cells: row.cells.map(cell => (cell.text === best?.text ? {...cell, format: ['bold', 'green']} : cell)),
  }
}
