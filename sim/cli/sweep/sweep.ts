import {assert} from '../../engine/assert.ts'
import type {Duration} from '../../engine/time.ts'
import type {Choice} from '../../experiment/cell.ts'
import {type Data, plainData} from '../../experiment/data.ts'
import type {Ask} from '../../experiment/plan.ts'
import {type Failure, isFailure, type Result, type Row} from '../../experiment/row.ts'
import {parseDuration} from '../../scenario/units.ts'
import {asWritten} from '../../words/as-written.ts'
import {crewOf, type Hands} from './crew.ts'
import {fill} from './fill.ts'
import {SweepFolder} from './folder.ts'
import type {Format} from './formats.ts'
import {manifestOf} from './manifest.ts'
import {writeOutputs} from './outputs.ts'
import {type Addressed, type AddressedPlan, addressedPlan, missing} from './plan.ts'
import {isIn, type Shard} from './shard.ts'
import {type Shown, shownAs} from './shown.ts'

export interface SweepOptions extends Hands {
  /** Whether to run again what failed. */
  readonly retry: boolean
  /** Of the table of all runs. */
  readonly formats: readonly Format[]
  /** Only this part is run; a part has no table and no page. */
  readonly shard?: Shard | undefined
}

/** What a sweep is about. */
export interface About {
  readonly name: string
  readonly title: string
  readonly question: string
  readonly end: Duration
}

/** What came of a sweep. */
export interface Outcome {
  readonly ask: Ask
  readonly about: About
  /** What is shown of it. */
  readonly shown: readonly Shown[]
  readonly plan: AddressedPlan
  readonly folder: string
  /** By address; all that there are. */
  readonly rows: ReadonlyMap<string, Row>
  readonly failures: readonly Failure[]
  /** Runs that were made now; absent where none could be. */
  readonly made?: number
}

/** Runs whatever of a sweep has no row yet. Throws a UserError where the folder is not to be had. */
export async function sweep(ask: Ask, path: string, options: SweepOptions): Promise<Outcome> {
  const {retry, formats, shard} = options
  const crew = await crewOf(ask, options)
  const whole = addressedPlan(ask)
  const plan = shard === undefined ? whole : {...whole, cells: whole.cells.filter(it => isIn(shard, it))}
  const folder = SweepFolder.open(path, manifestOf(ask, shard))
  try {
    tellDamage(folder)
    const done = retry ? succeeded(folder.rows) : folder.rows
    const cells = missing(plan.cells, done)
    await fill(folder, cells, crew)
    const outcome = outcomeOf({ask, plan, folder: path, rows: folder.rows, made: cells.length})
    if (shard === undefined) writeOutputs(folder, outcome, formats)
    return outcome
  } finally {
    folder.close()
  }
}

const succeeded = (rows: ReadonlyMap<string, Row>): ReadonlyMap<string, Row> =>
  new Map([...rows].filter(([, row]) => !isFailure(row)))

/** Puts together what came of an ask whose cells all have rows. */
export function outcomeOf(parts: Pick<Outcome, 'ask' | 'plan' | 'folder' | 'rows' | 'made'>): Outcome {
  const data = dataOf(parts.ask)
  const failures = parts.plan.cells.map(cell => rowOf(parts, cell)).filter(isFailure)
  return {...parts, failures, about: aboutOf(parts.ask, data), shown: parts.ask.measures.map(it => shown(it, data))}
}

/** The scenario of an ask, which was found to be right before. */
export function dataOf({scenario, set}: Ask): Data {
  const data = plainData(scenario.text, set)
  assert(data !== undefined, 'the scenario of a sweep can be read')
  return data
}

function aboutOf({scenario: {name}}: Ask, {title = name, question = '', end}: Data): About {
  return {name, title: String(title), question: String(question), end: parseDuration(String(end)) ?? 0}
}

function shown(name: string, data: Data): Shown {
  const found = shownAs(name, data)
  assert(typeof found !== 'string', () => String(found))
  return found
}

/** The row of a cell that has one. */
export const rowOf = ({rows}: Pick<Outcome, 'rows'>, {address}: Addressed): Row => rows.get(address)!

/** The rows of one way at one point, in the order of seeds. */
export function rowsAt(outcome: Outcome, way: number, point: number): Row[] {
  const {replications} = outcome.ask
  const first = (way * outcome.plan.points.length + point) * replications
  return outcome.plan.cells.slice(first, first + replications).map(cell => rowOf(outcome, cell))
}

/** The same without those that failed. */
export const resultsAt = (outcome: Outcome, way: number, point: number): Result[] =>
  rowsAt(outcome, way, point).flatMap(row => (isFailure(row) ? [] : row))

function tellDamage({damaged, path}: SweepFolder): void {
  if (damaged === 0) return
  const what = damaged === 1 ? 'one row is damaged; its run is' : `${damaged} rows are damaged; their runs are`
  process.stderr.write(`zdr: in ${path} ${what} made again\n`)
}

/** What a way is called. */
export const wayName = (choice: Choice | null): string => choice?.name ?? asWritten
