import {cameToItsEnd} from '../../experiment/finished.ts'
import {valuesIn} from '../../experiment/quantity.ts'
import {isFailure, numberIn, type Row} from '../../experiment/row.ts'
import {type Unit, unitOf} from '../../experiment/unit.ts'
import {type Outcome, rowOf, wayName} from './sweep.ts'

/** A column of the table of all runs, which has a line for each cell, in the order of cells. */
export interface Column {
  readonly name: string
  /** Null for texts and for what is true or false. */
  readonly unit: Unit | null
  readonly values: readonly Value[]
}

export type Value = string | number | boolean | null

/**
 * What was run, what went wrong, and all numbers. What was varied is called `set.` and its path, for a report may have a
 * number of the same path.
 */
export function columnsOf(outcome: Outcome): readonly Column[] {
  const {plan, ask} = outcome
  const {cells} = plan
  const rows = cells.map(cell => rowOf(outcome, cell))
  return [
    {name: 'strategy', unit: null, values: cells.map(({way}) => wayName(ask.strategies[way]!))},
    ...plan.axes.map(({path}, i) => {
      const texts = plan.points.map(point => point[i]!)
      const {unit, values} = valuesIn(texts) ?? {unit: null, values: texts}
      return {name: `set.${path}`, unit, values: cells.map(({point}) => values[point]!)}
    }),
    {name: 'seed', unit: '1', values: cells.map(({seed}) => seed)},
    {name: 'error', unit: null, values: rows.map(row => (isFailure(row) ? row.error : null))},
    {name: 'finished', unit: null, values: rows.map(row => (isFailure(row) ? null : cameToItsEnd(row)))},
    ...namesIn(rows).map(name => ({name, unit: unitOf(name), values: rows.map(row => valueIn(row, name))})),
  ]
}

const valueIn = (row: Row, name: string): number | null => (isFailure(row) ? null : (numberIn(row, name) ?? null))

/** In the order of the reports; a cause that only some have seen stands behind what it follows where it was seen first. */
function namesIn(rows: readonly Row[]): readonly string[] {
  const names: string[] = []
  const known = new Set<string>()
  for (const row of rows) {
    let place = 0
    for (const name of isFailure(row) ? [] : Object.keys(row.numbers)) {
      if (known.has(name)) place = names.indexOf(name, place) + 1 || place
      else names.splice(place++, 0, name)
      known.add(name)
    }
  }
  return names
}
