import type {Cell} from '../../experiment/cell.ts'
import type {Row} from '../../experiment/row.ts'
import {failureOf} from './cell.ts'
import {answers, type Pool, type PoolOptions} from './pool.ts'

/** Cells with the rows that come of them, in whatever order; by threads of their own (see `answers`), or those of a pool. */
export async function* rows(
  cells: Iterable<Cell>,
  by: PoolOptions | Pool,
): AsyncGenerator<readonly [cell: Cell, row: Row]> {
  const answered = 'answers' in by ? by.answers('cell', cells) : answers('cell', cells, by)
  for await (const [cell, answer] of answered)
    yield [cell, 'value' in answer ? answer.value : failureOf(cell, answer.failure)]
}
