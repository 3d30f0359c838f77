import type {Way} from '../../sim/comparison.ts'
import type {WorldOptions} from '../../sim/net/options.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {type FieldOutline, fieldsOf} from './fields.ts'

/** What the page has to know of a scenario before it is run; plain data. */
export interface Outline {
  readonly name: string
  readonly title: string
  readonly question: string
  readonly seed: number
  readonly end: number
  readonly tiers: readonly TierOutline[]
  readonly workloads: readonly WorkloadOutline[]
  readonly releases: readonly ReleaseOutline[]
  /** Common numbers, with the values that the sets of the source have given them. */
  readonly fields: readonly FieldOutline[]
  /** How many faults and changes it has: where a further one goes. */
  readonly faults: number
  readonly changes: number
  /** What is compared unless somebody says otherwise. */
  readonly usual: readonly Way[]
  /** Strategies and presets that suit at least one tier that is released. */
  readonly choices: readonly StrategyOutline[]
}

export interface TierOutline {
  readonly name: string
  readonly kind: string
  readonly hosts: number
  readonly cores: number
  /** Tiers that it passes requests on to. */
  readonly upstream: readonly string[]
  /** L4 hosts in front of it; 0 of a tier that only proxies reach. */
  readonly balancers: number
}

export interface WorkloadOutline {
  readonly name: string
  readonly kind: string
  readonly to: string
  /** The tier whose balancer its clients come through, where that is not plain. */
  readonly via?: string
  /** Of those that ask now and then, how often on average; of those that stay, how many there are. */
  readonly perSecond?: number
  readonly connections?: number
}

export interface ReleaseOutline {
  readonly tier: string
  readonly strategy: string
  readonly at: number
}

export interface StrategyOutline {
  readonly name: string
  readonly summary: string
  readonly isPreset: boolean
  /** Option → its default as a file would say it, what it is for, and all that it can be where that is a list. */
  readonly options: Readonly<Record<string, OptionOutline>>
}

export interface OptionOutline {
  readonly value: string
  readonly about: string
  readonly choices?: readonly string[]
}

/** `root` is the plain data of the file, with what was set over it. */
export function outlineOf(
  scenario: Scenario,
  root: unknown,
  usual: readonly Way[],
  choices: readonly StrategyOutline[],
): Outline {
  const {name, title, question, seed, world, releases} = scenario
  return {
    ...{name, title, question, seed, usual, choices},
    end: world.end,
    fields: fieldsOf(root, choices),
    faults: world.faults.length,
    changes: world.changes?.length ?? 0,
    tiers: tiersOf(world),
    workloads: workloadsOf(world),
    releases: releases.map(({tier, strategy, at}) => ({tier, strategy, at})),
  }
}

const tiersOf = ({tiers}: WorldOptions): TierOutline[] =>
  Object.entries(tiers).map(([name, {kind, hosts, cores, upstream = [], behind}]) => ({
    ...{name, kind, hosts, cores},
    upstream: upstream.map(({to}) => to),
    balancers: behind?.hosts ?? 0,
  }))

const workloadsOf = ({traffic}: WorldOptions): WorkloadOutline[] =>
  Object.entries(traffic).map(([name, workload]) => ({
    ...{name, kind: workload.kind, to: workload.to},
    ...(workload.via !== undefined && {via: workload.via}),
    ...('connections' in workload ? {connections: workload.connections} : {}),
  }))
