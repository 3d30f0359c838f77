import {existsSync} from 'node:fs'
import {join} from 'node:path'
import type {Ask} from '../../experiment/plan.ts'
import {isFailure, type Row} from '../../experiment/row.ts'
import {version} from '../../trace/version.ts'
import {count} from '../../words/figures.ts'
import {UserError} from '../user-error.ts'
import {manifestOfFolder, names, SweepFolder} from './folder.ts'
import type {Format} from './formats.ts'
import {readJournal} from './journal.ts'
import {type Manifest, manifestOf} from './manifest.ts'
import {writeOutputs} from './outputs.ts'
import {type Addressed, type AddressedPlan, addressedPlan, missing} from './plan.ts'
import {isIn} from './shard.ts'
import {type Outcome, outcomeOf} from './sweep.ts'
import {askLine} from './words.ts'

interface Part extends Manifest {
  readonly path: string
}

/**
 * Joins the parts of a sweep in a folder, which has then what it would have if one process had done all. Throws a UserError at
 * parts of another version or another sweep, and if runs are in no part.
 */
export function merge(path: string, paths: readonly string[], formats: readonly Format[]): Outcome {
  const parts = paths.map(partAt)
  const [first, ...others] = parts
  checkVersion(first!)
  for (const other of others) checkSame(first!, other)
  const {ask} = first!
  const plan = addressedPlan(ask)
  const rows = joined(parts)
  checkComplete(plan, rows, parts)
  const folder = SweepFolder.open(path, manifestOf(ask))
  try {
    for (const {address} of missing(plan.cells, new Map())) keep(folder, address, rows.get(address)!)
    const outcome = outcomeOf({ask, plan, folder: path, rows: folder.rows})
    writeOutputs(folder, outcome, formats)
    return outcome
  } finally {
    folder.close()
  }
}

function partAt(path: string): Part {
  const manifest = manifestOfFolder(path)
  if (manifest !== undefined) return {path, ...manifest}
  throw new UserError(`${path} is no folder of a sweep: there is no ${names.manifest} in it`)
}

function checkVersion({path, version: found}: Part): void {
  if (found !== version)
    throw new UserError(`${path} was made by zdr ${found}, and this is ${version}: merge with the same`)
}

function checkSame(first: Part, other: Part): void {
  if (first.version !== other.version)
    throw new UserError(`${first.path} was made by zdr ${first.version}, ${other.path} by zdr ${other.version}`)
  const [one, two] = [first.ask, other.ask].map(identity)
  const unlike = Object.keys(one!).find(key => JSON.stringify(one![key]) !== JSON.stringify(two![key]))
  if (unlike === undefined) return
  const told = (ask: Ask) => (unlike === 'scenario' ? '' : `: ${JSON.stringify(identity(ask)[unlike])}`)
  throw new UserError(
    `${first.path} and ${other.path} are parts of two sweeps; they differ in ${unlike}\n  ${first.path}${told(first.ask)}\n  ${other.path}${told(other.ask)}`,
  )
}

/** All of an ask but where its files lie on this or that machine. */
const identity = ({scenario: {name, text, data}, strategies, ...rest}: Ask): Readonly<Record<string, unknown>> => ({
  scenario: {name, text, data},
  strategies: strategies.map(it => it && {name: it.name, digest: it.digest}),
  ...rest,
})

/** The same row whatever the order of parts: one that came to something is better than one that failed. */
function joined(parts: readonly Part[]): ReadonlyMap<string, Row> {
  const rows = new Map<string, Row>()
  for (const {path} of parts)
    for (const [address, row] of rowsAt(path)) {
      const other = rows.get(address)
      if (other === undefined || rank(row) < rank(other)) rows.set(address, row)
    }
  return rows
}

const rank = (row: Row): string => `${isFailure(row) ? 1 : 0} ${JSON.stringify(row)}`

function rowsAt(path: string): ReadonlyMap<string, Row> {
  const file = join(path, names.journal)
  return existsSync(file) ? readJournal(file) : new Map()
}

function checkComplete({cells}: AddressedPlan, rows: ReadonlyMap<string, Row>, parts: readonly Part[]): void {
  const lacking = missing(cells, rows)
  if (lacking.length === 0) return
  const all = missing(cells, new Map()).length
  throw new UserError(
    `${count(lacking.length)} of ${count(all)} runs are in none of these parts; they are made by\n${commands(lacking, parts)}`,
  )
}

/** What makes the runs that are lacking: the parts that they are of, if all are parts of as many. */
function commands(lacking: readonly Addressed[], parts: readonly Part[]): string {
  const {ask} = parts[0]!
  const sizes = new Set(parts.map(({shard}) => shard?.of))
  const [of] = sizes
  if (sizes.size !== 1 || of === undefined) return `  ${askLine(ask)}`
  const wanted = Array.from({length: of}, (_, i) => ({part: i + 1, of})).filter(shard =>
    lacking.some(it => isIn(shard, it)),
  )
  return wanted.map(({part}) => `  ${askLine(ask, '--shard', `${part}/${of}`)}`).join('\n')
}

function keep(folder: SweepFolder, address: string, row: Row): void {
  const old = folder.rows.get(address)
  if (old === undefined || JSON.stringify(old) !== JSON.stringify(row)) folder.add(address, row)
}
