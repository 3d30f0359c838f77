import type {Duration} from '../../../sim/engine/time.ts'
import {h} from '../../draw/dom.ts'
import {clockText, many} from '../../draw/words.ts'

/** The numbers of a chart: a row for each stretch of time, by its beginning. */
export interface Sheet {
  /** What the numbers are. */
  readonly note: string
  readonly columns: readonly string[]
  /** How finely instants are told. */
  readonly grain: Duration
  readonly rows: readonly {readonly at: number; readonly cells: readonly string[]}[]
  /** How many more rows there would be. */
  readonly left?: number
}

/** As many as somebody may read. */
export const mostRows = 120

export function tableOf(title: string, {note, grain, columns, rows, left = 0}: Sheet): HTMLElement {
  if (rows.length === 0) return h('p', {}, 'Nothing in this stretch of time.')
  const head = (text: string, scope: 'row' | 'col') => h('th', {scope}, text)
  const body = rows.map(({at, cells}) =>
    h('tr', {}, head(clockText(at, grain), 'row'), ...cells.map(cell => h('td', {}, cell))),
  )
  const table = h(
    'table',
    {},
    h('caption', {}, h('span', {class: 'unseen'}, `${title}. `), note),
    h('thead', {}, h('tr', {}, head('from', 'col'), ...columns.map(name => head(name, 'col')))),
    h('tbody', {}, ...body),
  )
  const rest = left > 0 && h('p', {}, `${many(left, 'row')} more: zoom in to see them.`)
  return h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `Numbers: ${title}`}, table, rest)
}
