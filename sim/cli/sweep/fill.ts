import type {Cell} from '../../experiment/cell.ts'
import type {Row} from '../../experiment/row.ts'
import {interruptible} from '../interruption.ts'
import {clockTime, type StatusLine, statusLine} from '../progress.ts'
import type {SweepFolder} from './folder.ts'
import type {Addressed} from './plan.ts'

/**
 * Whoever makes the runs: gives cells with their rows, in whatever order; see `rows` in sim/cli/pool and in sim/cli/workers.
 * What there is to know meanwhile is told to the user.
 */
export type Crew = (
  cells: Iterable<Cell>,
  signal: AbortSignal,
  tell: (note: string) => void,
) => AsyncIterable<readonly [cell: Cell, row: Row]>

/**
 * Has cells run and keeps the row of each in the folder as soon as it is there. When interrupted it says how much is kept, and the
 * program ends as the signal has it. Throws a UserError if the disk takes no more.
 */
export async function fill(folder: SweepFolder, cells: readonly Addressed[], crew: Crew): Promise<void> {
  const addresses = new Map(cells.map(({cell, address}) => [cell, address]))
  const progress = new Progress(cells.length)
  await interruptible(async signal => {
    try {
      for await (const [cell, row] of crew(addresses.keys(), signal, note => progress.tell(note))) {
        folder.add(addresses.get(cell)!, row)
        progress.step()
      }
    } catch (error) {
      if (!signal.aborted) throw error
      progress.clear()
      process.stderr.write(interrupted(folder, progress.done, cells.length))
      folder.close()
    } finally {
      progress.clear()
    }
  })
}

const interrupted = ({path}: SweepFolder, done: number, all: number): string =>
  `zdr: interrupted; ${done} of ${all} runs are kept in ${path}, and the same command goes on from there\n`

class Progress {
  done = 0
  readonly #all: number
  readonly #line: StatusLine = statusLine()

  constructor(all: number) {
    this.#all = all
  }

  step(): void {
    this.done++
    const {done} = this
    this.#line.show(
      elapsed => `${done} of ${this.#all} runs · ${clockTime((elapsed * (this.#all - done)) / done)} left`,
    )
    // Where there is no terminal a plain line now and then says that work goes on.
    const tenth = (count: number) => Math.floor((10 * count) / this.#all)
    if (!process.stderr.isTTY && tenth(done) > tenth(done - 1))
      process.stderr.write(`${done} of ${this.#all} runs done\n`)
  }

  tell(note: string): void {
    this.clear()
    process.stderr.write(`zdr: ${note}\n`)
  }

  clear(): void {
    this.#line.clear()
  }
}
