import type {BulkJobOptions} from 'bullmq'
import * as v from 'valibot'
import type {Cell} from '../../experiment/cell.ts'
import type {Row} from '../../experiment/row.ts'
import {version} from '../../trace/version.ts'
import {addressOf} from '../pool/address.ts'

/** Each version has a queue of its own, so that none takes the runs of another. Braces keep all keys in one slot of a cluster. */
export const queueName = `runs-${version}`
export const prefix = '{zdr}'

/** So often a run is begun that ends by no fault of its own, such as want of memory, or under which workers are lost. */
export const attempts = 3

const day = 24 * 3600

/** A cell as a job. The address is its number, so that what is asked for twice is one job. */
export const jobOf = (address: string, cell: Cell): {name: string; data: Cell; opts: BulkJobOptions} => ({
  name: 'run',
  data: cell,
  opts: {
    jobId: address,
    attempts,
    backoff: {type: 'fixed', delay: 1_000},
    // A row stays until its sweep has taken it: one that was killed may go on tomorrow.
    removeOnComplete: {age: day},
    removeOnFail: {age: 7 * day, count: 1_000},
    stackTraceLimit: 0,
  },
})

/** Why a run was given up, in words. */
export const reasonIn = (failedReason: string): string =>
  failedReason.startsWith('job stalled') ? `${attempts} workers went away while they made it` : failedReason

const texts = v.record(v.string(), v.string())
const cell = v.strictObject({
  scenario: v.strictObject({typed: v.string(), file: v.string(), name: v.string(), text: v.string(), data: texts}),
  // Without the digest of a file: what comes from a queue is never loaded as code.
  strategy: v.nullable(v.strictObject({word: v.string(), name: v.string()})),
  set: v.array(v.string()),
  seed: v.pipe(v.number(), v.safeInteger()),
  version: v.literal(version),
})

/** The cell of a job; undefined if it is none that this version runs, or not the one of that address. */
export function cellIn(data: unknown, address: string | undefined): Cell | undefined {
  const result = v.safeParse(cell, data)
  return result.success && addressOf(result.output) === address ? result.output : undefined
}

const row = v.union([
  v.strictObject({
    numbers: v.record(v.string(), v.nullable(v.number())),
    strategies: texts,
    warnings: v.array(v.string()),
  }),
  v.strictObject({error: v.string(), blame: v.picklist(['scenario', 'strategy', 'zdr']), repeat: v.string()}),
])

/** The row that a worker gave; undefined if it is none. */
export function rowIn(value: unknown): Row | undefined {
  const result = v.safeParse(row, value)
  return result.success ? result.output : undefined
}
