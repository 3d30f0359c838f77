import type {Time} from '../engine/time.ts'
import {CapacityMetric} from '../metrics/capacity.ts'
import {hostTimes, idleByBucket} from '../metrics/idle-cpu.ts'
import type {Report} from '../metrics/report.ts'
import {
  type ActorId,
  type Closing,
  type ControlEvent,
  causes,
  directions,
  fates,
  type Observer,
  outcomeOf,
  outcomes,
  postSteps,
  publishFateOf,
  tunnelMessageOf,
} from '../net/events.ts'
import {isSession} from '../net/options.ts'
import type {World} from '../net/world.ts'
import {DisruptionColumns, oneIn, SampleColumns} from './columns.ts'
import {Series} from './series.ts'
import type {Trace} from './trace.ts'
import {version} from './version.ts'

/** Disruptions and sampled connections that a trace keeps at most, so that a file stays below some tens of megabytes. */
export const limits = {disruptions: 200_000, connections: 50_000} as const

const completed = outcomeOf('completed')
const moved = tunnelMessageOf('connect-ack')
const delivered = publishFateOf('delivered')
const held = publishFateOf('held')

/** Writes down what happens in a run, in the form of a `Trace`. */
export class Recorder implements Observer {
  private world!: World
  private readonly events: (ControlEvent & {at: Time})[] = []
  private readonly disruptions = new DisruptionColumns(limits.disruptions)
  private sample!: SampleColumns
  private series!: Series
  private readonly capacity = new Map<string, CapacityMetric>()
  /** Names of series, by workload and by process. */
  private names: readonly WorkloadSeries[] = []
  private readonly hostNames = new Map<ActorId, HostSeries>()

  attach(world: World): void {
    const {options} = world
    this.world = world
    this.sample = new SampleColumns(
      limits.connections,
      Object.values(options.traffic).map(work => oneIn(work, options.end)),
    )
    this.series = new Series(options.end, options.resolution)
    this.names = Object.entries(options.traffic).map(([name, workload]) => seriesOf(name, !isSession(workload)))
    for (const [tier, {hosts}] of world.fleets) {
      const hostOf = (process: ActorId) => world.actors[process]!.of!
      const metric = new CapacityMetric(
        tier,
        hosts.map(host => host.actor),
        hostOf,
        options.end,
        options.resolution,
      )
      this.capacity.set(tier, metric)
      for (const event of this.events) metric.add(event.at, event)
    }
  }

  control(at: Time, event: ControlEvent): void {
    this.events.push({at, ...event})
    for (const metric of this.capacity.values()) metric.add(at, event)
  }

  started(at: Time, workload: number, row: number): void {
    this.series.add(this.names[workload]!.started, at, 1)
    this.sample.started(at, workload, this.client(row), row)
  }

  opened(at: Time, workload: number, row: number, process: ActorId): void {
    this.sample.opened(row, process)
    // Whoever is there at the beginning did not open a connection now.
    if (at > 0) this.series.add(this.names[workload]!.opened, at, 1)
    this.series.step(this.names[workload]!.open, at, 1)
    this.series.step(this.ofHost(process).connections, at, 1)
  }

  closed(at: Time, workload: number, _row: number, process: ActorId, _how: Closing): void {
    this.series.step(this.names[workload]!.open, at, -1)
    this.series.step(this.ofHost(process).connections, at, -1)
  }

  reconnects(at: Time, workload: number): void {
    this.series.add(this.names[workload]!.reconnects, at, 1)
  }

  packet(at: Time, workload: number, _host: ActorId, fate: number): void {
    this.series.add(this.names[workload]!.packets[fate]!, at, 1)
  }

  ended(at: Time, workload: number, row: number, process: ActorId, outcome: number, cause: number, took: Time): void {
    const client = this.client(row)
    this.sample.ended(at, row, process, outcome)
    if (outcome === completed) return this.completed(at, workload, process)
    this.series.add(this.names[workload]!.disrupted, at, 1)
    this.disruptions.add([at, workload, client, process, outcome, cause, took])
  }

  message(at: Time, workload: number, _row: number, _process: ActorId, what: number): void {
    if (what === moved) this.series.add(this.names[workload]!.moved, at, 1)
  }

  post(at: Time, workload: number, _row: number, step: number): void {
    this.series.add(this.names[workload]!.posts[step]!, at, 1)
  }

  published(at: Time, workload: number, ...[direction, fate, first, every, count]: Train): void {
    if (fate !== delivered && fate !== held) return
    const name = this.names[workload]![directions[direction]!]
    for (let k = 0; k < count; k++) this.series.add(name, fate === held ? at : first + k * every, 1)
  }

  result(scenario: string, seed: number, report: Report): Trace {
    const {options, actors} = this.world
    this.addTiers()
    return {
      $schema: 'restart-trace/1',
      exporter: `zdr@${version}`,
      scenario,
      seed,
      strategies: report.strategies,
      unit: 'us',
      end: options.end,
      actors,
      workloads: Object.entries(options.traffic).map(([name, {kind}]) => ({name, kind})),
      outcomes,
      causes,
      events: this.events,
      disruptions: this.disruptions.result(),
      connections: this.sample.result(options.end),
      series: {width: options.resolution, columns: this.series.result()},
      totals: report.traffic,
    }
  }

  /** What is known only at the end: how long hosts were able, and how busy. */
  private addTiers(): void {
    const {end, resolution} = this.world.options
    for (const [tier, {everyHost: hosts, options}] of this.world.fleets) {
      const metric = this.capacity.get(tier)!
      metric.finish(end)
      for (const host of hosts) {
        this.series.set(`${host.name}.busy`, host.cpu.busy, 1 / (host.cpu.cores * resolution))
        this.series.addAll(`${tier}.capacity`, metric.timeOf(host.actor), 1 / (options.hosts * resolution))
      }
      const times = hosts.map(({actor, cpu}) => hostTimes(cpu, metric.timeOf(actor)))
      this.series.set(`${tier}.idle`, idleByBucket(times, options.hosts * options.cores, end, resolution), 1)
    }
  }

  private client(row: number): number {
    return this.world.connections.address[row]!
  }

  /** Whoever keeps a connection is no request that a host answered. */
  private completed(at: Time, workload: number, process: ActorId): void {
    if (this.names[workload]!.asks && process !== -1) this.series.add(this.ofHost(process).completed, at, 1)
  }

  private ofHost(process: ActorId): HostSeries {
    const known = this.hostNames.get(process)
    if (known !== undefined) return known
    const {actors} = this.world
    const host = actors[actors[process]!.of!]!.name
    const names = {connections: `${host}.connections`, completed: `${host}.completed`}
    this.hostNames.set(process, names)
    return names
  }
}

const seriesOf = (workload: string, asks: boolean) => ({
  asks,
  started: `${workload}.started`,
  disrupted: `${workload}.disrupted`,
  open: `${workload}.open`,
  opened: `${workload}.opened`,
  reconnects: `${workload}.reconnects`,
  packets: fates.map(fate => `${workload}.packets.${fate}`),
  moved: `${workload}.moved`,
  posts: postSteps.map(step => `${workload}.${step}`),
  up: `${workload}.up`,
  down: `${workload}.down`,
})
/** Direction, fate, and when which publishes were sent. */
type Train = [direction: number, fate: number, first: Time, every: Time, count: number]
type WorkloadSeries = ReturnType<typeof seriesOf>
interface HostSeries {
  readonly connections: string
  readonly completed: string
}
