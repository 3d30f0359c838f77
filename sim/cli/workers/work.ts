import {setTimeout} from 'node:timers/promises'
import type {Job, Worker} from 'bullmq'
import type {Redis} from 'ioredis'
import type {Cell} from '../../experiment/cell.ts'
import {isFailure, type Row} from '../../experiment/row.ts'
import {version} from '../../trace/version.ts'
import {UserError} from '../user-error.ts'
import {connect} from './connection.ts'
import {tellOutages} from './outages.ts'
import type {Place} from './place.ts'
import {type Participant, Presence, present} from './presence.ts'
import {attempts, cellIn, prefix, queueName} from './runs.ts'

export interface WorkOptions {
  readonly threads: number
  /** Makes a run; throws only when the signal is aborted. */
  make(cell: Cell): Promise<Row>
  /** When it is aborted, runs that are under way go back to the queue at once. */
  readonly signal: AbortSignal
  /** Is told what there is to know. */
  tell(note: string): void
}

/** Of a worker that was killed, others take its runs after at most the sum of these, in milliseconds. */
const recovery = {lockDuration: 10_000, stalledInterval: 5_000}

/**
 * Makes runs from a queue until the signal is aborted; gives how many. Throws a UserError if no Redis can be used there, or
 * if all sweeps at it are of other versions.
 */
export async function work(place: Place, options: WorkOptions): Promise<number> {
  const client = await connect(place)
  try {
    const stranger = onlyStranger(await present(client))
    if (stranger !== undefined) throw new UserError(refused(place, stranger))
    return await workWith(client, place, options)
  } finally {
    client.disconnect()
  }
}

async function workWith(client: Redis, place: Place, {threads, make, signal, tell}: WorkOptions): Promise<number> {
  const {Worker, UnrecoverableError, WaitingError} = await import('bullmq')
  let made = 0
  const run = async (job: Job, token?: string): Promise<Row> => {
    const cell = cellIn(job.data, job.id)
    if (cell === undefined) throw new UnrecoverableError('this is no run of a shipped strategy that zdr asked for')
    const row = await make(cell).catch(async error => {
      if (!signal.aborted) throw error
      await job.moveToWait(token)
      throw new WaitingError()
    })
    // A mistake in a scenario stays one; for all else it may have been this machine.
    if (isFailure(row) && row.blame === 'zdr') throw new Error(row.error)
    made++
    return row
  }
  const worker = new Worker(queueName, run, {
    ...{connection: client, prefix, concurrency: threads, ...recovery},
    ...{maxStalledCount: attempts - 1, runRetryDelay: 1_000},
  })
  worker.on('error', () => {})
  const presence = new Presence(client, {role: 'worker', threads}, strangers(place, tell))
  tellOutages(client, place, tell)
  tell(`waits for runs at ${place.shown} with ${threads} ${threads === 1 ? 'thread' : 'threads'}`)
  await aborted(signal)
  presence.stop()
  // If Redis is away, whoever is left finds the runs when it is back.
  await Promise.race([Promise.all([presence.leave(), closed(worker)]), setTimeout(3_000, undefined, {ref: false})])
  return made
}

const closed = async (worker: Worker): Promise<void> => worker.close()

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), {once: true})
  })

/** The version of the sweeps that are there, if none is of this one. */
function onlyStranger(all: readonly Participant[]): string | undefined {
  const versions = all.filter(({role}) => role === 'sweep').map(it => it.version)
  return versions.includes(version) ? undefined : versions[0]
}

const refused = ({shown}: Place, stranger: string): string =>
  `the sweep at ${shown} is of zdr ${stranger}, and this is ${version}: its workers have to be of the same`

/** Who waits already when a sweep of another version comes is told so, once for each. */
function strangers({shown}: Place, tell: (note: string) => void): (all: readonly Participant[]) => void {
  const known = new Set<string>()
  return all => {
    const stranger = onlyStranger(all)
    if (stranger === undefined || known.has(stranger)) return
    known.add(stranger)
    tell(`takes nothing from the sweep at ${shown}, which is of zdr ${stranger}; this is ${version}`)
  }
}
