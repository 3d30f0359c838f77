import type {Cell} from '../../experiment/cell.ts'
import type {Row} from '../../experiment/row.ts'
import {failureOf} from './cell.ts'
import {answers, type PoolOptions} from './pool.ts'

/** Cells with the rows that come of them, in whatever order; see `answers`. */
export async function* rows(
  cells: Iterable<Cell>,
  options: PoolOptions,
): AsyncGenerator<readonly [cell: Cell, row: Row]> {
  for await (const [cell, answer] of answers('cell', cells, options))
    yield [cell, 'value' in answer ? answer.value : failureOf(cell, answer.failure)]
}
