/** How a cell or a row may be set off from the others. */
export type Format = 'bold' | 'dim' | 'green' | 'red' | 'yellow'

export interface Cell {
  readonly text: string
  readonly format?: Format | Format[]
}
/** A row without cells is the heading of those below it. */
export interface Row {
  /** What the row counts, and its unit. */
  readonly head: string
  readonly cells: readonly Cell[]
  readonly format?: Format | Format[]
}
export interface Table {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly Row[]
}
