import type {Span} from '../../draw/timeline.ts'
import type {LifeColumns} from '../../recording/recording.ts'
import {isBroken} from './endings.ts'
import type {Rack} from './rack.ts'

/** How many lives there are in each cell of a grid of columns of time and rows of lanes, row by row. */
export interface Density {
  readonly columns: number
  readonly rows: number
  /** How many lanes each row stands for. */
  readonly lanes: Uint32Array
  readonly lives: Uint32Array
  /** 1 + index of `families` where there are lives that will break; else 0. */
  readonly doomed: Uint8Array
  /** How many broke there. */
  readonly broken: Uint16Array
}

/** Counts the lives of a rack: from the column in which each begins up to that in which it ends, as far as the span goes. */
export function densityOf(
  {from, to}: Pick<LifeColumns, 'from' | 'to'>,
  families: Int8Array,
  rack: Rack,
  span: Span,
  {columns, rows}: {readonly columns: number; readonly rows: number},
): Density {
  const cells = columns * rows
  const lanes = new Uint32Array(rows)
  const lives = new Uint32Array(cells)
  const doomed = new Uint8Array(cells)
  const broken = new Uint16Array(cells)
  const share = columns / Math.max(1, span.to - span.from)
  const column = (time: number) => Math.min(columns - 1, Math.max(0, Math.floor((time - span.from) * share)))
  for (let lane = 0; lane < rack.lanes; lane++) {
    const y = Math.floor((lane / rack.lanes) * rows)
    const start = y * columns
    lanes[y]!++
    for (let place = rack.first[lane]!; place < rack.first[lane + 1]!; place++) {
      const row = rack.rows[place]!
      const [first, last] = [start + column(from[row]!), start + column(to[row]!)]
      lives[first]!++
      if (last + 1 < start + columns) lives[last + 1]!--
      if (!isBroken(families[row]!)) continue
      doomed.fill(families[row]! + 1, first, last + 1)
      if (to[row]! <= span.to) broken[last]!++
    }
  }
  sum(lives, columns)
  return {columns, rows, lanes, lives, doomed, broken}
}

/** Turns how many begin less how many have ended in each cell into how many there are. */
function sum(cells: Uint32Array, columns: number): void {
  for (let start = 0; start < cells.length; start += columns)
    for (let cell = start + 1; cell < start + columns; cell++) cells[cell]! += cells[cell - 1]!
}
