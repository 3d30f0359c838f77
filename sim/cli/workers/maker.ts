import type {Cell} from '../../experiment/cell.ts'
import type {Row} from '../../experiment/row.ts'
import {poolOf} from '../pool/pool.ts'
import {rows} from '../pool/rows.ts'

export interface Maker {
  /** Makes the run of a cell; throws what the signal was aborted with. */
  make(cell: Cell): Promise<Row>
  end(): Promise<void>
}

/** Threads that make one run after the other, as they are asked. */
export async function poolMaker(threads: number, signal: AbortSignal): Promise<Maker> {
  const pool = await poolOf({threads, signal})
  return {
    async make(cell) {
      for await (const [, row] of rows([cell], pool)) return row
      throw signal.reason
    },
    end: () => pool.end(),
  }
}
