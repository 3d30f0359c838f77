import type {Ask} from '../../experiment/plan.ts'
import {type Failure, isFailure, type Result, type Row} from '../../experiment/row.ts'
import {rows} from '../pool/rows.ts'
import {fill} from './fill.ts'
import {SweepFolder} from './folder.ts'
import {manifestOf} from './manifest.ts'
import {type Addressed, type AddressedPlan, addressedPlan, missing} from './plan.ts'

export interface SweepOptions {
  readonly threads: number
  /** Whether to run again what failed. */
  readonly retry: boolean
}

/** What came of a sweep. */
export interface Outcome {
  readonly ask: Ask
  readonly plan: AddressedPlan
  readonly folder: string
  /** By address; all that there are. */
  readonly rows: ReadonlyMap<string, Row>
  readonly failures: readonly Failure[]
  /** Runs that were made now. */
  readonly made: number
}

/** Runs whatever of a sweep has no row yet. Throws a UserError where the folder is not to be had. */
export async function sweep(ask: Ask, path: string, {threads, retry}: SweepOptions): Promise<Outcome> {
  const plan = addressedPlan(ask)
  const folder = SweepFolder.open(path, manifestOf(ask))
  try {
    tellDamage(folder)
    const done = retry ? succeeded(folder.rows) : folder.rows
    const cells = missing(plan.cells, done)
    await fill(folder, cells, (cells, signal) => rows(cells, {threads, signal}))
    return outcomeOf({ask, plan, folder: path, rows: folder.rows, made: cells.length})
  } finally {
    folder.close()
  }
}

const succeeded = (rows: ReadonlyMap<string, Row>): ReadonlyMap<string, Row> =>
  new Map([...rows].filter(([, row]) => !isFailure(row)))

export const outcomeOf = (outcome: Omit<Outcome, 'failures'>): Outcome => ({
  ...outcome,
  failures: outcome.plan.cells.map(cell => rowOf(outcome, cell)).filter(isFailure),
})

/** The row of a cell that has one. */
export const rowOf = ({rows}: Pick<Outcome, 'rows'>, {address}: Addressed): Row => rows.get(address)!

/** The results of one way at one point, in the order of seeds; those that failed are left out. */
export function resultsAt(outcome: Outcome, way: number, point: number): Result[] {
  const {replications} = outcome.ask
  const first = (way * outcome.plan.points.length + point) * replications
  return outcome.plan.cells
    .slice(first, first + replications)
    .map(cell => rowOf(outcome, cell))
    .flatMap(row => (isFailure(row) ? [] : row))
}

function tellDamage({damaged, path}: SweepFolder): void {
  if (damaged === 0) return
  const what = damaged === 1 ? 'one row is damaged; its run is' : `${damaged} rows are damaged; their runs are`
  process.stderr.write(`zdr: in ${path} ${what} made again\n`)
}
