import type {Cell} from '../../experiment/cell.ts'
import {type Failure, isFailure, type Result} from '../../experiment/row.ts'
import {RunFailure} from '../failure.ts'
import {interruptible} from '../interruption.ts'
import {clockTime, statusLine} from '../progress.ts'
import {UserError} from '../user-error.ts'
import {rows} from './rows.ts'

/**
 * What comes of cells, in their order, whoever made the runs; a line on the terminal says how far it is. Throws a UserError or a
 * RunFailure for the first one that fails.
 */
export async function resultsOf(cells: readonly Cell[], threads: number): Promise<readonly Result[]> {
  const line = statusLine()
  const found = new Map<Cell, Result>()
  try {
    await interruptible(async signal => {
      for await (const [cell, row] of rows(cells, {threads: Math.min(threads, cells.length), signal})) {
        if (isFailure(row)) throw thrown(cell, row)
        found.set(cell, row)
        line.show(elapsed => progress(found.size, cells.length, elapsed))
      }
    })
  } finally {
    line.clear()
  }
  return cells.map(cell => found.get(cell)!)
}

const progress = (done: number, all: number, elapsed: number): string =>
  `${done} of ${all} runs · ${clockTime((elapsed * (all - done)) / done)} left`

/** What a run that failed is to its user: a mistake to mend, or a bug. */
export function thrown({strategy}: Cell, {error, blame, repeat}: Failure): Error {
  if (blame !== 'zdr') return new UserError(`${error}\nthis shows again with ${repeat}`)
  return new RunFailure(error, repeat, strategy?.digest === undefined ? ['zdr'] : ['zdr', strategy.word])
}
