import type {ConnectingWorkload, JobWorkload, TierOptions} from '../net/options.ts'
import {Routes} from '../net/proxy/routes.ts'
import {isBalancer} from '../net/tier-kind.ts'
import {releaseOf, settled} from '../release.ts'
import type {Scenario} from '../scenario/scenario.ts'
import type {Strategy} from '../strategies/strategy.ts'
import {Released} from './released.ts'

/** A workload, and the tiers that it passes, from the one that its clients reach to the one that answers. */
export interface Flow {
  readonly name: string
  readonly workload: ConnectingWorkload
  readonly way: readonly string[]
}

/** A scenario as rules look at it: what is released how, and what passes where. */
export class Subject {
  readonly scenario: Scenario
  readonly tiers: Readonly<Record<string, TierOptions>>
  readonly flows: readonly Flow[]
  /** What workers take from a queue, by the names of the workloads. */
  readonly jobs: readonly (readonly [name: string, workload: JobWorkload])[]
  /** Those of tiers; restarts of balancers end no connection. */
  readonly releases: readonly Released[]

  constructor(scenario: Scenario, strategies: readonly Strategy[]) {
    const {tiers, traffic} = scenario.world
    const releases = scenario.releases.map(plan => releaseOf(plan, tiers, strategies, undefined))
    this.scenario = scenario
    this.tiers = settled(tiers, releases)
    const routes = new Routes(Object.keys(tiers), name => (tiers[name]!.upstream ?? []).map(({to}) => to))
    const all = Object.entries(traffic)
    this.flows = all.flatMap(([name, workload]) =>
      workload.kind === 'job' || workload.kind === 'commands'
        ? []
        : [{name, workload, way: wayOf(tiers, routes, workload)}],
    )
    this.jobs = all.flatMap(([name, workload]) => (workload.kind === 'job' ? [[name, workload] as const] : []))
    this.releases = releases
      .filter(({plan}) => !isBalancer(plan.tier))
      .map(release => new Released(release, this.tiers[release.plan.tier]!))
  }

  /** What passes a tier, or ends in it. */
  through(tier: string): readonly Flow[] {
    return this.flows.filter(({way}) => way.includes(tier))
  }

  /** Of those who send work to a tier: the balancer in front, and the proxies that probe its hosts themselves. */
  probersOf(tier: string) {
    const behind = this.tiers[tier]!.behind
    const before = Object.entries(this.tiers).flatMap(([name, {upstream = []}]) =>
      upstream.flatMap(({to, http2, probe, redispatch}, i) => {
        if (to !== tier || http2 !== undefined) return []
        return [{path: `tiers.${name}.upstream${upstream.length > 1 ? `.${i}` : ''}`, probe, redispatch}]
      }),
    )
    return behind === undefined
      ? before
      : [...before, {path: `tiers.${tier}.behind.l4lb`, probe: behind.probe, redispatch: 0}]
  }
}

function wayOf(tiers: Readonly<Record<string, TierOptions>>, routes: Routes, {to, via}: ConnectingWorkload) {
  const entry = via ?? (tiers[to]!.behind === undefined ? routes.outermost(to)[0]! : to)
  return routes.path(entry, to) ?? []
}
