import {Bug} from './engine/assert.ts'
import {isScript, type Script, ScriptMistake, sleep} from './engine/script.ts'
import {type Time, toSeconds} from './engine/time.ts'
import {held} from './metrics/expect.ts'
import {Metrics} from './metrics/metrics.ts'
import type {Report} from './metrics/report.ts'
import type {Observer} from './net/events.ts'
import type {Fleet} from './net/host/fleet.ts'
import {everyone} from './net/observers.ts'
import {isBalancer, kindOf, tierOf} from './net/tier-kind.ts'
import {World} from './net/world.ts'
import type {ReleasePlan, Scenario} from './scenario/scenario.ts'
import {StrategyFailure} from './strategies/failure.ts'
import {known} from './strategies/index.ts'
import type {Options, Values} from './strategies/option.ts'
import {isPreset} from './strategies/preset.ts'
import type {Strategy} from './strategies/strategy.ts'
import {Recorder} from './trace/recorder.ts'
import type {Trace} from './trace/trace.ts'

export interface RunOptions {
  /** Those that a scenario may name; by default the ones that are shipped. */
  readonly strategies?: readonly Strategy[]
  /** The strategy that takes the place of the scenario's own, in every release of a tier that it suits. */
  readonly replace?: string
  /** In place of the scenario's own. */
  readonly seed?: number
  /** Whether to record a trace. */
  readonly trace?: boolean
  /** Who is told everything that happens, beside those who make the report and the trace. */
  readonly witnesses?: readonly Witness[]
  /** Is told now and then how far the run has come. */
  readonly progress?: (progress: Progress) => void
}

/** An observer that knows the world: it is attached once that is built, before the run begins. */
export interface Witness extends Observer {
  attach(world: World): void
}

export interface Progress {
  readonly now: Time
  readonly end: Time
  readonly events: number
}

/**
 * One run of one scenario. The same scenario, strategy and seed give the same report and trace, byte for byte.
 *
 * Throws `StrategyFailure` when a strategy's own code fails, and `Bug` with time and seed for anything else.
 */
export function run(scenario: Scenario, options: RunOptions = {}): {report: Report; trace?: Trace} {
  const seed = options.seed ?? scenario.seed
  const metrics = new Metrics()
  const recorder = options.trace === true ? new Recorder() : undefined
  const witnesses = [metrics, ...(recorder === undefined ? [] : [recorder]), ...(options.witnesses ?? [])]
  const releases = scenario.releases.map(plan => releaseOf(plan, scenario.world.tiers, options))
  const world = new World(
    {...scenario.world, tiers: settled(scenario.world.tiers, releases)},
    seed,
    everyone(witnesses),
  )
  for (const witness of witnesses) witness.attach(world)
  for (const release of releases) world.sim.start(carryOut(world, release))
  advance(world, seed, options.progress)
  const report = reportOf(scenario, seed, world, metrics, releases)
  return recorder === undefined ? {report} : {report, trace: recorder.result(scenario.name, seed, report)}
}

type Tiers = Scenario['world']['tiers']

interface Release {
  readonly plan: ReleasePlan
  readonly strategy: Strategy
}

function releaseOf(plan: ReleasePlan, tiers: Tiers, {strategies = known, replace}: RunOptions): Release {
  const named = (name: string): Strategy => {
    const found = strategies.find(strategy => strategy.name === name)
    if (found === undefined) throw new RangeError(`there is no strategy ${name}`)
    return found
  }
  const other = replace === undefined ? undefined : named(replace)
  const suits = other?.suits.includes(kindOf(plan.tier, tiers)) === true
  if (other === undefined || !suits || other.name === plan.strategy) return {plan, strategy: named(plan.strategy)}
  return {plan: isPreset(other) ? without(plan, other.sets) : plan, strategy: other}
}

/** What the file sets for its own strategy says nothing of a preset that takes its place. */
function without(plan: ReleasePlan, names: readonly string[]): ReleasePlan {
  const rest = Object.entries(plan.options).filter(([name]) => !names.includes(name))
  return {...plan, options: Object.fromEntries(rest)}
}

/** The tiers with what the presets that release them have their programs do. */
function settled(tiers: Tiers, releases: readonly Release[]): Tiers {
  const settings = releases.flatMap(({plan, strategy}) =>
    isPreset(strategy) && plan.tier in tiers ? [[plan.tier, {...tiers[plan.tier]!, ...strategy.tier}] as const] : [],
  )
  return {...tiers, ...Object.fromEntries(settings)}
}

function* carryOut(world: World, {plan, strategy}: Release): Script {
  yield* sleep(plan.at)
  const fleet = world.fleet(tierOf(plan.tier))
  if (!isBalancer(plan.tier)) fleet.version++
  world.control({kind: 'release', tier: plan.tier, state: 'started'})
  try {
    yield* scriptOf(strategy, fleet, plan)
  } catch (error) {
    throw error instanceof Bug ? error : new StrategyFailure(strategy.name, error)
  }
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
function valuesOf<O extends Options>(options: O, plan: ReleasePlan): Values<O> {
  const values = Object.entries(options).map(([name, option]) => [name, plan.options[name] ?? option.default])
  return Object.fromEntries(values) as Values<O>
}

const slices = 400

function advance(world: World, seed: number, progress: RunOptions['progress']): void {
  const {sim, options} = world
  try {
    world.start()
    for (let slice = 1; slice <= slices; slice++) {
      sim.run(Math.floor((options.end * slice) / slices))
      progress?.({now: sim.now, end: options.end, events: sim.executed})
    }
    world.conclude()
  } catch (error) {
    if (error instanceof StrategyFailure) throw error
    throw new Bug(`at ${toSeconds(sim.now)} s with seed ${seed}: ${String(error)}`, {cause: error})
  }
}

function reportOf(
  scenario: Scenario,
  seed: number,
  world: World,
  metrics: Metrics,
  releases: readonly Release[],
): Report {
  const packets = metrics.packetsReport()
  const posts = metrics.postsReport()
  const report = {
    schema: 'zdr-report/1' as const,
    scenario: scenario.name,
    seed,
    end: toSeconds(world.options.end),
    strategies: Object.fromEntries(releases.map(({plan, strategy}) => [plan.tier, strategy.name])),
    traffic: metrics.trafficReport(),
    connections: metrics.connectionsReport(),
    ...(Object.keys(packets).length === 0 ? {} : {packets}),
    ...(Object.keys(posts).length === 0 ? {} : {posts}),
    ...metrics.mqttReport(),
    tiers: metrics.tiersReport(),
    release: metrics.releaseReport(releases.map(({plan}) => plan.tier)),
    disruption: metrics.disruption,
  }
  const rest = {warnings: warningsOf(world, releases, report.release), engine: {events: world.sim.executed}}
  const asWritten = releases.every(({plan, strategy}) => plan.strategy === strategy.name)
  const used = Object.values(report.strategies)
  const expected = scenario.expect.filter(({under}) => (under === undefined ? asWritten : used.includes(under)))
  return {...report, expect: expected.map(wish => held({...report, ...rest}, wish)), ...rest}
}

/** What every strategy promises and this one did not keep by the end of the run, and what it could not do. */
function warningsOf(world: World, releases: readonly Release[], reports: Report['release']): string[] {
  return releases.flatMap(({plan: {tier}, strategy}) => [
    ...promisesBroken(world, tier, strategy, reports[tier]!),
    ...unasked(tier, world.reuse.unasked.get(tier) ?? 0),
  ])
}

function unasked(tier: string, tunnels: number): string[] {
  if (tunnels === 0) return []
  return [`${tunnels} MQTT tunnels could not be asked to move: the proxies before ${tier} reach it without \`http2\``]
}

function promisesBroken(world: World, tier: string, strategy: Strategy, report: Report['release'][string]): string[] {
  if (isBalancer(tier)) return unfinished(tier, strategy, report)
  const {hosts, everyHost, version} = world.fleet(tier)
  const behind = hosts.filter(host => host.current.version < version).length
  const left = everyHost.flatMap(host => host.processes).filter(process => process.version < version).length
  if (report.startedAt === null) return [`the run ends before the release of ${tier} begins`]
  const done = `${hosts.length - behind} of ${hosts.length} hosts of ${tier} have the new version`
  if (report.finishedAt === null)
    return [`the run ends before ${strategy.name} does: ${done}; a later \`end\` would show the rest`]
  if (behind > 0) return [`${strategy.name} is done, and ${done}`]
  return left > 0 ? [`${strategy.name} is done, and old processes of ${tier} still run: ${left}`] : []
}

function unfinished(tier: string, {name}: Strategy, {startedAt, finishedAt}: Report['release'][string]): string[] {
  if (startedAt === null) return [`the run ends before the release of ${tier} begins`]
  return finishedAt === null ? [`the run ends before ${name} does; a later \`end\` would show the rest`] : []
}
