import {availableParallelism} from 'node:os'
import type {Ask} from '../../experiment/plan.ts'
import {rows} from '../pool/rows.ts'
import {UserError} from '../user-error.ts'
import type {Crew} from './fill.ts'

/** Who is to make the runs. */
export interface Hands {
  readonly threads?: number | undefined
  /** Where workers wait for runs. */
  readonly redis?: string | undefined
}

/** Threads of this machine, or workers at a Redis. Throws a UserError if these cannot make what is asked for. */
export async function crewOf(ask: Ask, {threads = availableParallelism(), redis}: Hands): Promise<Crew> {
  if (redis === undefined) return (cells, signal) => rows(cells, {threads, signal})
  checkShipped(ask)
  const [{placeOf}, {rowsByWorkers}] = await Promise.all([import('../workers/place.ts'), import('../workers/rows.ts')])
  const place = placeOf(redis)
  return (cells, signal, tell) => rowsByWorkers(cells, place, signal, tell)
}

/** Were the text of a file sent along, whoever may write to the queue could run code on every worker. */
function checkShipped({strategies}: Ask): void {
  const own = strategies.find(it => it?.digest !== undefined)
  if (own == null) return
  throw new UserError(
    `${own.word} does not go to workers: it is code, and if a queue carried code, whoever can write to it could run anything on every worker\nuse shipped strategies (zdr list), or --shard K/N, where each machine reads the file itself`,
  )
}
