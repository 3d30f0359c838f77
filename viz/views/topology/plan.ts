import type {ActorId} from '../../../sim/net/events.ts'
import {tierOf, tiersOf} from '../../../sim/trace/hosts.ts'
import type {Recording} from '../../recording/recording.ts'
import type {Wiring} from './wiring.ts'

/** Hosts that do the same: those of a tier, or the L4 hosts in front of it. */
export interface Group {
  readonly name: string
  readonly isBalancer: boolean
  readonly members: readonly ActorId[]
}

/**
 * Who stands where, before anything has a place in pixels: columns in the order in which work flows.
 *
 *     clients ─► edge/l4 ─► edge ─┬► app          columns: [edge/l4] [edge] [app, broker]
 *                                 └► broker
 */
export interface Plan {
  readonly workloads: readonly string[]
  readonly groups: readonly Group[]
  /** From left to right: places in `groups`, of those that stand above each other. */
  readonly columns: readonly (readonly number[])[]
  /** Of each workload the places in `groups` that its work passes. */
  readonly routes: readonly (readonly number[])[]
}

export function planOf(recording: Pick<Recording, 'actors' | 'workloads'>, {upstreams, routes}: Wiring): Plan {
  const tiers = [...tiersOf(recording)]
  const balancers = balancersOf(recording)
  const depths = depthsOf(
    tiers.map(([name]) => name),
    upstreams,
  )
  const groups: Group[] = []
  const columns: number[][] = []
  for (let depth = 0; depth <= Math.max(0, ...depths.values()); depth++) {
    const here = tiers.filter(([name]) => depths.get(name) === depth)
    const before = here.flatMap(([name]) => {
      const members = balancers.get(name)
      return members === undefined ? [] : [{name: `${name}/l4`, isBalancer: true, members}]
    })
    for (const column of [before, here.map(([name, members]) => ({name, isBalancer: false, members}))]) {
      if (column.length > 0) columns.push(column.map((_, i) => groups.length + i))
      groups.push(...column)
    }
  }
  const workloads = recording.workloads.map(({name}) => name)
  return {workloads, groups, columns, routes: workloads.map(name => passed(groups, routes.get(name) ?? []))}
}

/** A tier that has an L4 balancer in front of it is reached through that, by clients and proxies alike. */
const passed = (groups: readonly Group[], tiers: readonly string[]): number[] =>
  tiers
    .flatMap(tier => [`${tier}/l4`, tier])
    .map(name => groups.findIndex(group => group.name === name))
    .filter(place => place >= 0)

/** Tier → the L4 hosts in front of it: `edge/l4.0` is one of the tier `edge`. */
function balancersOf({actors}: Pick<Recording, 'actors'>): ReadonlyMap<string, readonly ActorId[]> {
  const found = new Map<string, ActorId[]>()
  actors.forEach(({name, kind}, actor) => {
    if (kind !== 'balancer') return
    const tier = tierOf(name).replace(/\/l4$/, '')
    found.set(tier, [...(found.get(tier) ?? []), actor])
  })
  return found
}

/** How many tiers work has passed at most before it comes to one. */
function depthsOf(names: readonly string[], upstreams: Wiring['upstreams']): ReadonlyMap<string, number> {
  const depths = new Map(names.map(name => [name, 0]))
  for (let round = 0; round < names.length; round++)
    for (const name of names)
      for (const next of upstreams.get(name) ?? [])
        if (depths.has(next))
          depths.set(next, Math.max(depths.get(next)!, Math.min(names.length, depths.get(name)! + 1)))
  return depths
}
