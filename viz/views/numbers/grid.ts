import type {Cell, Table} from '../../../sim/words/table.ts'
import {h} from '../../draw/dom.ts'

/** A row of a table on the page: without cells it heads those below it. */
export interface GridRow {
  /** Two spaces before it for each step that it stands in. */
  readonly head: string
  readonly cells: readonly (readonly (Node | string)[])[]
}

/** A table that can be scrolled to the side where there is no room for all of it. */
export function grid(
  title: string,
  columns: readonly (readonly (Node | string)[])[],
  rows: readonly GridRow[],
): HTMLElement {
  const heads = columns.map(parts => h('th', {scope: 'col'}, ...parts))
  const bodies: HTMLElement[] = []
  for (const row of rows) {
    if (row.cells.length === 0 || bodies.length === 0) bodies.push(h('tbody', {}))
    bodies.at(-1)!.append(rowOf(row, columns.length))
  }
  const table = h(
    'table',
    {},
    h('caption', {class: 'unseen'}, title),
    h('thead', {}, h('tr', {}, h('td', {}), ...heads)),
    ...bodies,
  )
  return h('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': title}, table)
}

function rowOf({head, cells}: GridRow, columns: number): HTMLElement {
  const text = head.trimStart()
  const step = (head.length - text.length) / 2
  if (cells.length === 0) return h('tr', {}, h('th', {scope: 'rowgroup', colspan: columns + 1}, text))
  const first = h('th', {scope: 'row', class: step > 0 ? 'inner' : undefined}, text)
  return h('tr', {}, first, ...cells.map(parts => h('td', {}, ...parts)))
}

/** A table of words and numbers as it is. */
export const plainGrid = ({columns, rows}: Table, title: string): HTMLElement =>
  grid(
    title,
    columns.map(name => [name]),
    rows.map(({head, cells}) => ({head, cells: cells.map(cellParts)})),
  )

/** The best of a row is bold, and has a sign. */
export const cellParts = ({text, format = []}: Cell): (Node | string)[] => {
  if ([format].flat().includes('bold')) return best(text)
  return [format].flat().includes('red') ? [h('b', {}, text)] : [text]
}

export const best = (text: string): Node[] => [
  h('b', {}, text),
  h('span', {class: 'best', 'aria-hidden': 'true'}, '✓'),
  h('span', {class: 'unseen'}, ' best'),
]
