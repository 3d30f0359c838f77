import type {ExpectReport} from '../../../sim/metrics/report.ts'
import {none} from '../../../sim/words/figures.ts'
import {tablesOf} from '../../../sim/words/report.ts'
import {letterOf, type ReadyRun} from '../../desk/run.ts'
import {h} from '../../draw/dom.ts'
import {grid, plainGrid} from './grid.ts'
import {totalsTable} from './totals.ts'

/** All that is known of one run, to be unfolded. */
export function details({lane, report, recording}: ReadyRun, index: number): HTMLElement {
  const tables = report === undefined ? [totalsTable(recording.totals)] : tablesOf(report)
  const title = `${letterOf(index)} ${lane.label}`
  const parts = tables.map(table => titled(table.title, plainGrid(table, `${table.title} of ${title}`)))
  const expected = report !== undefined && report.expect.length > 0 && expectations(report.expect, title)
  return h('details', {}, h('summary', {}, title), h('div', {class: 'tables'}, expected, ...parts))
}

const titled = (title: string, table: HTMLElement): HTMLElement => h('div', {}, h('h3', {}, title), table)

function expectations(expect: readonly ExpectReport[], run: string): HTMLElement {
  const rows = expect.map(({path, wanted, got, met}) => ({
    head: path,
    cells: [
      [wanted],
      [shown(got)],
      met ? ['met'] : [h('span', {class: 'alarm', 'aria-hidden': 'true'}, '✗ '), h('b', {}, 'NOT MET')],
    ],
  }))
  return titled('Expected', grid(`Expected of ${run}`, [['wanted'], ['got'], ['verdict']], rows))
}

const shown = (got: ExpectReport['got']): string =>
  got === null ? none : typeof got === 'number' ? String(Number(got.toPrecision(6))) : got

/** What was expected of all runs in one sentence; empty where nothing was. */
export function expectationsInShort(runs: readonly ReadyRun[]): string {
  const all = runs.flatMap(({report}) => report?.expect ?? [])
  const unmet = all.filter(({met}) => !met).length
  if (all.length === 0) return ''
  if (unmet > 0) return `${unmet} of ${all.length} expectations NOT MET.`
  return all.length === 1 ? 'The one expectation is met.' : `All ${all.length} expectations are met.`
}
