import {Bug} from './engine/assert.ts'
import {type Time, toSeconds} from './engine/time.ts'
import {held} from './metrics/expect.ts'
import {Metrics} from './metrics/metrics.ts'
import type {Report} from './metrics/report.ts'
import type {Observer} from './net/events.ts'
import {everyone} from './net/observers.ts'
import type {Parts} from './net/parts.ts'
import {World} from './net/world.ts'
import {planRelease, type Release, releaseOf, settled} from './release.ts'
import type {Expectation, Scenario} from './scenario/scenario.ts'
import {StrategyFailure} from './strategies/failure.ts'
import {known} from './strategies/index.ts'
import type {Strategy} from './strategies/strategy.ts'
import {Recorder} from './trace/recorder.ts'
import type {Trace} from './trace/trace.ts'
import {warningsOf} from './warnings.ts'

export interface RunOptions {
  /** Those that a scenario may name; by default the ones that are shipped. */
  readonly strategies?: readonly Strategy[]
  /** The strategy that takes the place of the scenario's own, in every release of a tier that it suits. */
  readonly replace?: string
  /** In place of the scenario's own. */
  readonly seed?: number
  /** False to simulate every request event by event, though nothing happens to it. */
  readonly crowds?: boolean
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

/** A run as in `run.ts`, of a world that is made with these parts; all that its scenario needs have to be among them. */
export function simulate(
  scenario: Scenario,
  options: RunOptions,
  parts: Partial<Parts>,
): {report: Report; trace?: Trace} {
  const seed = options.seed ?? scenario.seed
  const metrics = new Metrics()
  const recorder = options.trace === true ? new Recorder() : undefined
  const witnesses = [metrics, ...(recorder === undefined ? [] : [recorder]), ...(options.witnesses ?? [])]
  const releases = scenario.releases.map(plan =>
    releaseOf(plan, scenario.world.tiers, options.strategies ?? known, options.replace),
  )
  const world = new World(
    {...scenario.world, tiers: settled(scenario.world.tiers, releases), crowds: options.crowds ?? true},
    seed,
    everyone(witnesses),
    parts,
  )
  for (const witness of witnesses) witness.attach(world)
  for (const release of releases) planRelease(world, release)
  advance(world, seed, options.progress)
  const report = reportOf(scenario, seed, world, metrics, releases)
  return recorder === undefined ? {report} : {report, trace: recorder.result(scenario, seed, report)}
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
  const holds = metrics.holdsReport()
  const stores = metrics.storesReport()
  const pages = metrics.pagesReport()
  const jobs = metrics.jobsReport()
  const sessions = metrics.sessionsReport()
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
    ...(Object.keys(holds).length === 0 ? {} : {holds}),
    ...(Object.keys(stores).length === 0 ? {} : {stores}),
    ...metrics.databasesReport(),
    ...(Object.keys(sessions).length === 0 ? {} : {sessions}),
    ...(Object.keys(pages).length === 0 ? {} : {pages}),
    ...(Object.keys(jobs).length === 0 ? {} : {jobs}),
    tiers: metrics.tiersReport(),
    release: metrics.releaseReport(releases.map(({plan}) => plan.tier)),
    disruption: metrics.disruption,
  }
  const rest = {
    warnings: warningsOf(world, releases, report.release),
    engine: {events: world.sim.executed, crowd: world.crowds.sizes()},
  }
  const wishes = expectedUnder(report.strategies, scenario)
  return {...report, expect: wishes.map(wish => held({...report, ...rest}, wish)), ...rest}
}

/** What a scenario expects of a run whose tiers are released by these strategies. */
export function expectedUnder(strategies: Report['strategies'], {releases, expect}: Scenario): readonly Expectation[] {
  const asWritten = releases.every(({tier, strategy}) => strategies[tier] === strategy)
  const used = Object.values(strategies)
  return expect.filter(({under}) => (under === undefined ? asWritten : used.includes(under)))
}
