import type {Report} from '../../metrics/report.ts'
import {clientId, clientNumbered} from '../../story/clients.ts'
import {Finder} from '../../story/finder.ts'
import {Follower} from '../../story/follower.ts'
import type {Simulation, Wanted as Way} from '../simulation.ts'
import {UserError} from '../user-error.ts'
import {type Explained, explained, lived} from './explained.ts'
import {clientWanted, noneOf, type Wanted} from './wanted.ts'

interface Whom {
  readonly workload: number
  readonly client: number
  /** When the disruption was that is to be told; the last one if it is not said. */
  readonly at?: number
}

/**
 * A client of a run that is made for it: once to find whom, unless that is known, and once to follow it. So of all the others
 * nothing is kept, however many there are. Undefined if nothing was disrupted; `calm` is then handed the report.
 */
export function explainRun(
  simulation: Simulation,
  way: Way | undefined,
  wanted: Wanted,
  calm: (report: Report) => void = () => {},
): Explained | undefined {
  const whom = wanted.id === undefined ? find(simulation, way, wanted, calm) : named(simulation, wanted.id)
  if (whom === undefined) return undefined
  const follower = new Follower(whom.workload, whom.client)
  const {report} = simulation.run(way, {label: 'following one client', witnesses: [follower]})
  const told = follower.told(report.strategies)
  const {disruptions, lives} = told.recording
  const row = whom.at === undefined ? disruptions.at.length - 1 : Array.from(disruptions.at).indexOf(whom.at)
  if (row >= 0) return explained(told, row, follower.stays[row])
  if (lives.from.length === 0) throw nobody(wanted.id!, follower, simulation, whom.workload)
  return lived(told, lives.from.length - 1)
}

function find(
  simulation: Simulation,
  way: Way | undefined,
  {worst, cause}: Wanted,
  calm: (report: Report) => void,
): Whom | undefined {
  const finder = new Finder({worst, cause})
  const {report} = simulation.run(way, {label: 'looking for it', witnesses: [finder]})
  if (finder.found === undefined && cause !== undefined) throw noneOf(cause, finder.counts)
  if (finder.found === undefined) calm(report)
  return finder.found
}

const workloadsOf = ({scenario}: Simulation) =>
  Object.entries(scenario.world.traffic).map(([name, {kind}]) => ({name, kind}))

function named(simulation: Simulation, id: string): Whom {
  const workloads = workloadsOf(simulation)
  const {workload, number} = clientWanted(
    id,
    workloads.map(({name}) => name),
  )
  return {workload, client: clientNumbered({workloads}, workload, number)}
}

function nobody(id: string, {near}: Follower, simulation: Simulation, workload: number): UserError {
  const workloads = workloadsOf(simulation)
  const others = [near.before, near.after].filter(Number.isFinite).map(it => clientId({workloads}, workload, it))
  const guess = others.length === 0 ? '' : `; disrupted next to that: ${others.join(' and ')}`
  return new UserError(`no client ${id} comes in this run${guess}`)
}
