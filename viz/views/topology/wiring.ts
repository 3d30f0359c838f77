import {tiersOf} from '../../../sim/trace/hosts.ts'
import type {Recording} from '../../recording/recording.ts'
import type {Outline} from '../../worker/outline.ts'

/** Who passes work on to whom, and which tiers the work of each workload passes. */
export interface Wiring {
  /** Tier → those that it passes requests on to. */
  readonly upstreams: ReadonlyMap<string, readonly string[]>
  /** Workload → tiers, from the one that clients come to, to the one that answers. */
  readonly routes: ReadonlyMap<string, readonly string[]>
}

/** As a scenario has it. */
export function wiringOf({tiers, workloads}: Pick<Outline, 'tiers' | 'workloads'>): Wiring {
  const upstreams = new Map(tiers.map(({name, upstream}) => [name, upstream]))
  const balanced = tiers.filter(({balancers}) => balancers > 0).map(({name}) => name)
  const isOutermost = (name: string) => !tiers.some(({upstream}) => upstream.includes(name))
  const entryOf = (to: string) =>
    balanced.includes(to) ? to : balanced.find(it => isOutermost(it) && pathOf(upstreams, it, to).length > 0)
  const routes = workloads.map(({name, to, via}) => [name, pathOf(upstreams, via ?? entryOf(to) ?? to, to)] as const)
  return {upstreams, routes: new Map(routes)}
}

/** What somebody's trace lets one guess: its tiers stand one behind the other, and what stays open ends at the first. */
export function guessedWiring(recording: Pick<Recording, 'actors' | 'workloads'>): Wiring {
  const names = [...tiersOf(recording).keys()]
  const upstreams = new Map(names.map((name, i) => [name, names.slice(i + 1, i + 2)]))
  const routes = recording.workloads.map(
    ({name, kind}) => [name, kind === 'websocket' || kind === 'quic' ? names.slice(0, 1) : names] as const,
  )
  return {upstreams, routes: new Map(routes)}
}

/** The shortest way; nothing if there is none. */
function pathOf(upstreams: Wiring['upstreams'], from: string, to: string): readonly string[] {
  const paths: (readonly string[])[] = [[from]]
  for (const path of paths) {
    if (path.at(-1) === to) return path
    for (const next of upstreams.get(path.at(-1)!) ?? []) if (!path.includes(next)) paths.push([...path, next])
  }
  return []
}
