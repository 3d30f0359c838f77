import {Bug} from './engine/assert.ts'
import {Condition, isScript, type Script, ScriptMistake, sleep} from './engine/script.ts'
import type {Fleet} from './net/host/fleet.ts'
import type {L4lb} from './net/l4/l4lb.ts'
import {isBalancer, tierOf} from './net/tier-kind.ts'
import type {World} from './net/world.ts'
import type {ReleasePlan, Scenario} from './scenario/scenario.ts'
import {StrategyFailure} from './strategies/failure.ts'
import type {Options, Values} from './strategies/option.ts'
import {isPreset} from './strategies/preset.ts'
import {canRelease, type Strategy} from './strategies/strategy.ts'

type Tiers = Scenario['world']['tiers']

/** A release, with the strategy that carries it out. */
export interface Release {
  readonly plan: ReleasePlan
  readonly strategy: Strategy
}

/** Throws a RangeError if there is no strategy of that name. */
export function releaseOf(
  plan: ReleasePlan,
  tiers: Tiers,
  strategies: readonly Strategy[],
  replace: string | undefined,
): Release {
  const named = (name: string): Strategy => {
    const found = strategies.find(strategy => strategy.name === name)
    if (found === undefined) throw new RangeError(`there is no strategy ${name}`)
    return found
  }
  const other = replace === undefined ? undefined : named(replace)
  if (other === undefined || !canRelease(other, plan.tier, tiers) || other.name === plan.strategy)
    return {plan, strategy: named(plan.strategy)}
  return {plan: isPreset(other) ? without(plan, other.sets) : plan, strategy: other}
}

/** What the file sets for its own strategy says nothing of a preset that takes its place. */
function without(plan: ReleasePlan, names: readonly string[]): ReleasePlan {
  const rest = Object.entries(plan.options).filter(([name]) => !names.includes(name))
  return {...plan, options: Object.fromEntries(rest)}
}

/** The tiers with what the presets that release them have their programs do. */
export function settled(tiers: Tiers, releases: readonly Release[]): Tiers {
  const presets = releases.flatMap(({plan, strategy}) => (isPreset(strategy) ? [{to: plan.tier, strategy}] : []))
  const all = Object.entries(tiers).map(([name, tier]) => {
    const own = presets.filter(({to}) => to === name).map(({strategy}) => strategy.tier)
    const upstream = tier.upstream?.map(it =>
      Object.assign({}, it, ...presets.filter(({to}) => to === it.to).map(({strategy}) => strategy.before)),
    )
    return [name, Object.assign({}, tier, ...own, upstream && {upstream})]
  })
  return Object.fromEntries(all)
}

/** Has a release begin when it is to, and its operator call it off if that is planned. */
export function planRelease(world: World, release: Release): void {
  const {tier, halt} = release.plan
  const underWay = new Condition()
  world.sim.start(carryOut(world, release, underWay))
  if (halt === undefined) return
  const callsOff = world.sim.kind(`halt/${tier}`, () => {
    if (!underWay.holds) return
    world.control({kind: 'halt', tier})
    releasedBy(world, tier).halted.set(true)
  })
  world.sim.at(halt, callsOff, 0)
}

/** Whose hosts a release works through. */
function releasedBy(world: World, tier: string): Fleet | L4lb {
  const fleet = world.fleet(tierOf(tier))
  return isBalancer(tier) ? fleet.l4lb! : fleet
}

function* carryOut(world: World, {plan, strategy}: Release, underWay: Condition): Script {
  yield* sleep(plan.at)
  const fleet = world.fleet(tierOf(plan.tier))
  if (!isBalancer(plan.tier)) fleet.version++
  world.control({kind: 'release', tier: plan.tier, state: 'started'})
  underWay.set(true)
  try {
    yield* scriptOf(strategy, fleet, plan)
  } catch (error) {
    throw error instanceof Bug ? error : new StrategyFailure(strategy.name, error)
  }
  underWay.set(false)
  world.control({kind: 'release', tier: plan.tier, state: 'finished'})
}

function scriptOf(strategy: Strategy, fleet: Fleet, plan: ReleasePlan): Script {
  const script: unknown = strategy.release(fleet, valuesOf(strategy.options, plan))
  if (isScript(script)) return script
  throw new ScriptMistake(
    'release is a generator: *release(fleet, options) {…}, or inBatches(function* (host, options) {…})',
  )
}

/** What the scenario sets, where this strategy has an option of that name, and its defaults for the rest. */
export function valuesOf<O extends Options>(options: O, plan: ReleasePlan): Values<O> {
  const values = Object.entries(options).map(([name, option]) => [name, plan.options[name] ?? option.default])
  return Object.fromEntries(values) as Values<O>
}
