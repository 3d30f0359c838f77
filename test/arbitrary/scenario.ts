import fc from 'fast-check'
import * as laws from '../../sim/engine/distributions.ts'
import {millis, seconds} from '../../sim/engine/time.ts'
import type {ChangeOptions, FaultOptions, TierOptions, WorkloadOptions} from '../../sim/net/options.ts'
import {balancerOf} from '../../sim/net/tier-kind.ts'
import type {OptionValue, ReleasePlan, Scenario} from '../../sim/scenario/scenario.ts'
import {strategies} from '../../sim/strategies/index.ts'
import type {Option} from '../../sim/strategies/option.ts'
import {canRelease, type Strategy} from '../../sim/strategies/strategy.ts'
import {http, scenario} from '../harness.ts'
import {between, boundedLaw, oneOf} from './basics.ts'
import {topology} from './tiers.ts'
import {workload} from './traffic.ts'

/** Which troubles a random scenario may have; a law that holds only without one says so by leaving it out. */
export interface Troubles {
  readonly faults: 'none' | 'that-pass' | 'any'
  /** Drains that never end, and hosts that nobody can bring back. */
  readonly forEver: boolean
  readonly traffic: boolean
}

const anything: Troubles = {faults: 'any', forEver: true, traffic: true}

/**
 * Any scenario that a file may describe with something in it that the strategy can release, small enough to be run in some
 * milliseconds.
 */
export function scenarios(strategy: Strategy, troubles: Partial<Troubles> = {}): fc.Arbitrary<Scenario> {
  const all = {...anything, ...troubles}
  const fitting = topology().filter(tiers => placesOf(tiers).some(place => canRelease(strategy, place, tiers)))
  return fitting.chain(tiers =>
    fc
      .record({
        traffic: fc.array(workload(Object.keys(machinesOf(tiers))), {maxLength: all.traffic ? 4 : 0}),
        faults: fc.array(fault(tiers, all.faults), {maxLength: all.faults === 'none' ? 0 : 3}),
        changes: fc.array(change(tiers), {maxLength: all.faults === 'any' ? 2 : 0}),
        release: releases(tiers, all.forEver),
        end: between(seconds(20), seconds(60)),
        resolution: between(millis(500), seconds(20)),
      })
      .map(({traffic, ...rest}) => {
        const named = traffic.map((it, i) => [`${it.kind}-${i}`, it] as const)
        return scenario({tiers, traffic: Object.fromEntries(named), ...rest})
      }),
  )
}

/** Tiers, and the balancers in front of them. */
const placesOf = (tiers: Record<string, TierOptions>): string[] =>
  Object.entries(tiers).flatMap(([tier, {behind}]) => (behind === undefined ? [tier] : [tier, balancerOf(tier)]))

/** A workload that costs little and is like no other. */
export const exponentialRequests = (tier: string): WorkloadOptions =>
  http(tier, 3, {service: laws.exponential(millis(1))})

export const seeds = fc.integer({min: 1, max: 2 ** 31})

const hostFaults = [
  'host-dies',
  'host-stalls',
  'host-dies',
  'host-stalls',
  'bare-379',
  'long-379',
  'short-379',
] as const

function fault(tiers: Record<string, TierOptions>, which: Troubles['faults']): fc.Arbitrary<FaultOptions> {
  const machines = Object.entries(machinesOf(tiers)).flatMap(([tier, {hosts}]) =>
    placesIn(tier, hosts).flatMap(place => hostFaults.map(kind => ({kind, ...place}))),
  )
  const reports = 'db' in tiers ? [{kind: 'long-query', tier: 'db', host: 0} as const] : []
  const balancers = Object.entries(tiers).flatMap(([tier, {behind}]) =>
    behind?.pick === 'maglev' ? placesIn(balancerOf(tier), behind.hosts) : [],
  )
  const places = [...machines, ...reports, ...balancers.map(place => ({kind: 'l4-host-dies', ...place}) as const)]
  const passing = between(1, seconds(20))
  return fc
    .record({
      place: fc.constantFrom(...places),
      at: between(0, seconds(40)),
      lasts: which === 'any' ? fc.oneof(passing, fc.constant(Infinity)) : passing,
    })
    .map(({place, ...rest}) => ({...rest, ...place}))
}

/** Those that can break, come and go, and be released: all but databases. */
const machinesOf = (tiers: Record<string, TierOptions>) =>
  Object.fromEntries(Object.entries(tiers).filter(([, {kind}]) => kind !== 'database'))

const placesIn = (tier: string, hosts: number) => Array.from({length: hosts}, (_, host) => ({tier, host}))

function change(tiers: Record<string, TierOptions>): fc.Arbitrary<ChangeOptions> {
  const at = between(0, seconds(40))
  const places = Object.entries(machinesOf(tiers)).flatMap(([tier, {hosts}]) => placesIn(tier, hosts))
  return fc.oneof(
    fc
      .record({kind: fc.constant('removes' as const), at, place: fc.constantFrom(...places)})
      .map(({place, ...rest}) => ({...rest, ...place})),
    fc.record({
      kind: fc.constant('adds' as const),
      at,
      tier: fc.constantFrom(...Object.keys(machinesOf(tiers))),
      hosts: fc.integer({min: 1, max: 3}),
    }),
  )
}

function optionValue(option: Option, forEver: boolean): fc.Arbitrary<OptionValue> {
  if (option.kind === 'flag') return fc.boolean()
  if (option.kind === 'choice') return fc.constantFrom(...option.choices)
  if (option.kind === 'batch') return oneOf(option.least ?? 0.2, 0.2, 0.5, 1, 2, 3, Infinity)
  if (option.kind === 'law') return boundedLaw(seconds(4))
  if (option.kind === 'count') return fc.integer({min: 100, max: 1_000})
  const limited = between(0, option.default === 0 ? seconds(3) : seconds(10))
  return forEver && option.default > 0 ? fc.oneof(limited, fc.constant(Infinity)) : limited
}

/** What breaks the promises of a strategy, and is there to do so. */
const mishaps = ['fault', 'again', 'rollback']

/** Any value for every option of any strategy that is shipped; each takes what it knows. */
function optionValues(forEver: boolean): fc.Arbitrary<Record<string, OptionValue>> {
  const options = Object.assign({}, ...strategies.map(strategy => strategy.options)) as Record<string, Option>
  const harmless = Object.entries(options).filter(([name]) => !mishaps.includes(name))
  const values = harmless.map(([name, option]) => [name, optionValue(option, forEver)])
  return fc.record(Object.fromEntries(values))
}

/** A release of some of the tiers and of the balancers in front, of all at once perhaps. */
const releases = (tiers: Record<string, TierOptions>, forEver: boolean): fc.Arbitrary<ReleasePlan[]> =>
  fc
    .tuple(
      ...Object.entries(machinesOf(tiers)).flatMap(([tier, {behind}]) =>
        behind?.pick === 'maglev'
          ? [releaseOf(tier, 'hard-restart', forEver), releaseOf(balancerOf(tier), 'l4-restart', forEver)]
          : [releaseOf(tier, 'hard-restart', forEver)],
      ),
    )
    .map(plans => plans.filter(plan => plan !== undefined))

const releaseOf = (tier: string, strategy: string, forEver: boolean): fc.Arbitrary<ReleasePlan | undefined> =>
  fc.option(
    fc.record({
      tier: fc.constant(tier),
      strategy: fc.constant(strategy),
      at: between(0, seconds(15)),
      options: optionValues(forEver),
    }),
    {freq: 4, nil: undefined},
  )
