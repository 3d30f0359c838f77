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
  /** All of them; of those that broke; and of those that broke there. */
  readonly lives: Uint32Array
  readonly doomed: Uint32Array
  readonly broken: Uint32Array
  /** Of those that broke: index of `families`. */
  readonly family: Uint8Array
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
  const grid = {lives: new Uint32Array(cells), doomed: new Uint32Array(cells), broken: new Uint32Array(cells)}
  const family = new Uint8Array(cells)
  const lanes = new Uint32Array(rows)
  const share = columns / Math.max(1, span.to - span.from)
  const column = (time: number) => Math.min(columns - 1, Math.max(0, Math.floor((time - span.from) * share)))
  for (let lane = 0; lane < rack.lanes; lane++) {
    const y = Math.floor((lane / rack.lanes) * rows)
    const start = y * columns
    lanes[y]!++
    for (const row of rack.of(lane)) {
      const [first, last] = [start + column(from[row]!), start + column(to[row]!)]
      grid.lives[first]!++
      if (last + 1 < start + columns) grid.lives[last + 1]!--
      if (!isBroken(families[row]!)) continue
      family.fill(families[row]!, first, last + 1)
      for (let cell = first; cell <= last; cell++) grid.doomed[cell]!++
      if (to[row]! <= span.to) grid.broken[last]!++
    }
  }
  sum(grid.lives, columns)
  return {columns, rows, lanes, ...grid, family}
}

/** Turns how many begin less how many have ended in each cell into how many there are. */
function sum(cells: Uint32Array, columns: number): void {
  for (let cell = 0; cell < cells.length; cell++) if (cell % columns > 0) cells[cell]! += cells[cell - 1]!
}
