import type {Time} from '../../../sim/engine/time.ts'
import type {ActorId} from '../../../sim/net/events.ts'
import {tiersOf} from '../../../sim/trace/hosts.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {firstRestart} from './bands.ts'
import {BrokenByHost} from './broken.ts'
import {type Release, releaseOf} from './heading.ts'

/** What the lanes of a run have to be asked often. */
export interface Facts {
  readonly tiers: ReadonlyMap<string, readonly ActorId[]>
  readonly broken: BrokenByHost
  /** When each host was first restarted. */
  readonly restarted: () => ReadonlyMap<ActorId, Time>
  readonly releases: ReadonlyMap<string, Release>
  /** Of the kept connections of any host of a tier at any time. */
  readonly most: ReadonlyMap<string, number>
}

const known = new WeakMap<ReadyRun, Facts>()

export function factsOf(run: ReadyRun): Facts {
  const facts = known.get(run) ?? gathered(run)
  known.set(run, facts)
  return facts
}

function gathered(run: ReadyRun): Facts {
  const {recording} = run
  const releases = new Map<string, Release>()
  for (const tier of tiersOf(recording).keys()) {
    const release = releaseOf(run, tier)
    if (release !== undefined) releases.set(tier, release)
  }
  // Those first that are released, for of the others there is little to see.
  const tiers = new Map([...tiersOf(recording)].sort(([a], [b]) => Number(releases.has(b)) - Number(releases.has(a))))
  const hosts = [...tiers.values()].flat()
  let restarted: ReadonlyMap<ActorId, Time> | undefined
  return {
    tiers,
    releases,
    broken: new BrokenByHost(recording),
    restarted: () =>
      (restarted ??= new Map(hosts.map(host => [host, firstRestart(recording.histories, host, recording.end)]))),
    most: new Map(
      [...tiers].map(([tier, its]) => [tier, Math.max(0, ...its.map(host => mostOf(connections(run, host))))]),
    ),
  }
}

/** How many kept connections a host had at the end of each bucket; undefined if it never had any. */
export const connections = ({recording}: ReadyRun, host: ActorId): Float64Array | undefined =>
  recording.series.columns[`${recording.actors[host]!.name}.connections`]

const mostOf = (values: Float64Array = new Float64Array(0)): number =>
  values.reduce((most, it) => Math.max(most, it), 0)
