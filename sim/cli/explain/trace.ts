import {causes as known} from '../../net/events.ts'
import type {Told} from '../../story/account.ts'
import {clientId, clientNumbered, fateOf} from '../../story/clients.ts'
import {Ledger, ledgerOf} from '../../trace/ledger.ts'
import type {Trace} from '../../trace/trace.ts'
import {UserError} from '../user-error.ts'
import {type Explained, explained, lived} from './explained.ts'
import {clientWanted, noneOf, type Wanted} from './wanted.ts'

/** A client of a run that was kept, as far as the trace has it. Undefined if nothing was disrupted. */
export function explainTrace(trace: Trace, wanted: Wanted): Explained | undefined {
  const told = {recording: {...trace, lives: trace.connections}, ledger: new Ledger(ledgerOf(trace.events))}
  if (wanted.id !== undefined) return byName(told, wanted.id)
  const row = find(trace, wanted)
  return row === undefined ? undefined : explained(told, row)
}

function find({disruptions: {cause, took}, causes}: Trace, {cause: number, worst}: Wanted): number | undefined {
  const rows = [...cause.keys()].filter(row => number === undefined || causes[cause[row]!] === known[number])
  if (rows.length === 0 && number !== undefined)
    throw noneOf(number, counted(cause.map(it => known.indexOf(causes[it]!))))
  const [first, ...rest] = rows
  if (first === undefined || !worst) return first
  return rest.reduce((a, b) => (took[b]! > took[a]! ? b : a), first)
}

function counted(causes: readonly number[]): Float64Array {
  const counts = new Float64Array(known.length)
  for (const cause of causes) if (cause >= 0) counts[cause]!++
  return counts
}

function byName(told: Told, id: string): Explained {
  const {recording} = told
  const names = recording.workloads.map(({name}) => name)
  const {workload, number} = clientWanted(id, names)
  const client = clientNumbered(recording, workload, number)
  const fate = fateOf(recording, names[workload]!, client)
  const [row, life] = [fate.disruptions.at(-1), fate.lives.at(-1)]
  if (row !== undefined) return explained(told, row)
  if (life !== undefined) return lived(told, life)
  throw unknown(told, id, workload, client)
}

/** A trace has all whom something befell, up to its cap, and of the others only a sample. */
function unknown({recording}: Told, id: string, workload: number, client: number): UserError {
  const {disruptions} = recording
  let near: number | undefined
  for (let row = 0; row < disruptions.client.length; row++) {
    const other = disruptions.client[row]!
    if (disruptions.workload[row] !== workload) continue
    if (near === undefined || Math.abs(other - client) < Math.abs(near - client)) near = other
  }
  const guess = near === undefined ? '' : `; disrupted next to that: ${clientId(recording, workload, near)}`
  return new UserError(`the trace keeps nothing of a client ${id}${guess}`)
}
