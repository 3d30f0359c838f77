import type {Cell, Table} from '../../words/table.ts'
import {plain, type Style, styleFor} from './style.ts'

export interface Paper {
  /** Columns of the terminal. */
  readonly width: number
  readonly style: Style
}

/** What a stream can show: the width of its terminal, within limits that people can read, and colour or none. */
export const paperFor = (stream: {readonly isTTY?: boolean; readonly columns?: number}): Paper => ({
  width: Math.min(Math.max(stream.columns ?? 100, 60), 140),
  style: styleFor(stream),
})

const gap = 2
const widthOf = (text: string) => [...text].length
const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(widthOf))

/**
 * The table as aligned lines: heads to the left, figures to the right. Where it is too wide, column names break at
 * their hyphens; where that is not enough, the columns are continued in a further table below.
 */
export function drawTable(table: Table, paper: Paper = {width: 100, style: plain}): string {
  const names = table.columns.map(name => [name])
  const broken = table.columns.map(broken2)
  const fits = widthWith(table, names) <= paper.width
  return blocks(table, fits ? names : broken, paper.width)
    .map(block => drawBlock(block, paper.style))
    .join('\n')
}

interface Block {
  readonly table: Table
  /** Of every column the lines of its name. */
  readonly names: readonly (readonly string[])[]
}

const headWidth = (table: Table) => widest([table.title, ...table.rows.map(row => row.head)])
const columnWidth = (table: Table, names: readonly string[], column: number) =>
  widest([...names, ...table.rows.map(row => row.cells[column]?.text ?? '')])
const widthWith = (table: Table, names: Block['names']) =>
  names.reduce((sum, name, column) => sum + gap + columnWidth(table, name, column), headWidth(table))

/** A long name on two lines, broken after the hyphen that leaves them most alike. */
function broken2(name: string): string[] {
  const breaks = [...name.matchAll(/-/g)].map(({index}) => index + 1)
  const halves = breaks.map(at => [name.slice(0, at), name.slice(at)])
  return halves.sort((a, b) => widest(a) - widest(b))[0] ?? [name]
}

function blocks(table: Table, names: Block['names'], width: number): Block[] {
  const head = headWidth(table)
  const groups: number[][] = [[]]
  let used = head
  names.forEach((name, column) => {
    const needed = gap + columnWidth(table, name, column)
    if (used + needed > width && groups.at(-1)!.length > 0) {
      groups.push([])
      used = head
    }
    groups.at(-1)!.push(column)
    used += needed
  })
  return groups.map(columns => ({table: only(table, columns), names: columns.map(column => names[column]!)}))
}

const only = (table: Table, columns: readonly number[]): Table => ({
  ...table,
  columns: columns.map(column => table.columns[column]!),
  rows: table.rows.map(row => ({...row, cells: columns.flatMap(column => row.cells[column] ?? [])})),
})

function drawBlock({table, names}: Block, style: Style): string {
  const first = headWidth(table)
  const widths = names.map((name, column) => columnWidth(table, name, column))
  const line = (head: string, cells: readonly string[]) => (head + cells.join('')).trimEnd()
  const right = (text: string, column: number) => ' '.repeat(gap + widths[column]! - widthOf(text)) + text
  const left = (text: string) => text + ' '.repeat(first - widthOf(text))

  const depth = Math.max(1, ...names.map(name => name.length))
  const top = Array.from({length: depth}, (_, row) => {
    const cells = names.map((name, column) => right(name[row - depth + name.length] ?? '', column))
    return style('bold', line(left(row === depth - 1 ? table.title : ''), cells))
  })
  const body = table.rows.map(row => {
    if (row.cells.length === 0) return style(row.format ?? 'bold', row.head)
    const cells = row.cells.map((cell, column) => dress(right(cell.text, column), cell, style))
    return line(row.format ? style(row.format, left(row.head)) : left(row.head), cells)
  })
  return [...top, ...body].map(text => `${text}\n`).join('')
}

/** Only the text is dressed, not the blanks before it: an underline or a background would show there. */
function dress(padded: string, cell: Cell, style: Style): string {
  if (!cell.format) return padded
  return padded.slice(0, padded.length - cell.text.length) + style(cell.format, cell.text)
}
