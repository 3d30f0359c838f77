import type {Duration, Time} from '../engine/time.ts'
import {CapacityMetric} from '../metrics/capacity.ts'
import {hostTimes, idleByBucket} from '../metrics/idle-cpu.ts'
import type {Report} from '../metrics/report.ts'
import {
  type ActorId,
  type Closing,
  type ControlEvent,
  causes,
  directions,
  type Observer,
  outcomeOf,
  outcomes,
  publishFateOf,
  tunnelMessageOf,
} from '../net/events.ts'
import type {World} from '../net/world.ts'
import {DisruptionColumns, oneIn, SampleColumns} from './columns.ts'
import {type Column, Series} from './series.ts'
import type {Trace} from './trace.ts'
import {version} from './version.ts'
import {WorkloadSeries} from './workload-series.ts'
import {WritersSeries} from './writers-series.ts'

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
  private workloads: readonly WorkloadSeries[] = []
  /** Of each store. */
  private readonly writers: WritersSeries[] = []
  /** Of the host of each process. */
  private readonly hosts: HostSeries[] = []

  attach(world: World): void {
    const {options} = world
    this.world = world
    this.sample = new SampleColumns(
      limits.connections,
      Object.values(options.traffic).map(work => oneIn(work, options.end)),
    )
    this.series = new Series(options.end, options.resolution)
    this.workloads = Object.entries(options.traffic).map(([name, it]) => new WorkloadSeries(this.series, name, it))
    for (const [tier, {hosts, store}] of world.fleets) {
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
      if (store === undefined) continue
      const writers = new WritersSeries(store, this.series.column(`${tier}.writers`), options.resolution)
      this.writers.push(writers)
      for (const event of this.events) writers.add(event.at, event)
    }
  }

  control(at: Time, event: ControlEvent): void {
    this.events.push({at, ...event})
    for (const metric of this.capacity.values()) metric.add(at, event)
    for (const writers of this.writers) writers.add(at, event)
  }

  started(at: Time, workload: number, row: number): void {
    this.workloads[workload]!.started.add(at, 1)
    this.sample.started(at, workload, this.client(row), row)
  }

  opened(at: Time, workload: number, row: number, process: ActorId, took: Duration): void {
    const {asks, opened, open, latency} = this.workloads[workload]!
    this.sample.opened(row, process)
    // Whoever is there at the beginning did not open a connection now.
    if (at > 0) opened.add(at, 1)
    if (at > 0 && !asks) latency.add(at, took)
    open.step(at, 1)
    this.ofHost(process).connections.step(at, 1)
  }

  closed(at: Time, workload: number, _row: number, process: ActorId, _how: Closing): void {
    this.workloads[workload]!.open.step(at, -1)
    this.ofHost(process).connections.step(at, -1)
  }

  reconnects(at: Time, workload: number): void {
    this.workloads[workload]!.reconnects.add(at, 1)
  }

  packet(at: Time, workload: number, _host: ActorId, fate: number): void {
    this.workloads[workload]!.packets[fate]!.add(at, 1)
  }

  ended(at: Time, workload: number, row: number, process: ActorId, outcome: number, cause: number, took: Time): void {
    this.sample.ended(at, row, process, outcome)
    if (outcome === completed) return this.completed(at, workload, process, took)
    this.workloads[workload]!.disrupted.add(at, 1)
    this.disruptions.add([at, workload, this.client(row), process, outcome, cause, took])
  }

  /** Whoever keeps a connection is no request that a host answered. */
  private completed(at: Time, workload: number, process: ActorId, took: Duration): void {
    const {asks, latency} = this.workloads[workload]!
    if (!asks) return
    latency.add(at, took)
    if (process !== -1) this.ofHost(process).completed.add(at, 1)
  }

  message(at: Time, workload: number, _row: number, _process: ActorId, what: number): void {
    if (what === moved) this.workloads[workload]!.moved.add(at, 1)
  }

  post(at: Time, workload: number, _row: number, step: number): void {
    this.workloads[workload]!.posts[step]!.add(at, 1)
  }

  published(at: Time, workload: number, ...[direction, fate, first, every, count]: Train): void {
    if (fate !== delivered && fate !== held) return
    const column = this.workloads[workload]![directions[direction]!]
    for (let k = 0; k < count; k++) column.add(fate === held ? at : first + k * every, 1)
  }

  result({name, title, question}: Asked, seed: number, report: Report): Trace {
    const {options, actors} = this.world
    for (const {latency} of this.workloads) latency.finish()
    for (const writers of this.writers) writers.holdUntil(options.end)
    this.addTiers()
    this.addDatabases()
    return {
      $schema: 'restart-trace/1',
      exporter: `zdr@${version}`,
      scenario: name,
      title,
      question,
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

  private addDatabases(): void {
    for (const [name, {divergent, blocked, connections}] of this.world.databases)
      for (const [what, {peaks}] of Object.entries({divergent, blocked, connections}))
        this.series.column(`${name}.${what}`).addAll(peaks, 1)
  }

  /** What is known only at the end: how long hosts were able, and how busy. */
  private addTiers(): void {
    const {end, resolution} = this.world.options
    for (const [tier, {everyHost: hosts, options}] of this.world.fleets) {
      const metric = this.capacity.get(tier)!
      metric.finish(end)
      for (const host of hosts) {
        this.series.column(`${host.name}.busy`).addAll(host.cpu.busy, 1 / (host.cpu.cores * resolution))
        this.series.column(`${tier}.capacity`).addAll(metric.timeOf(host.actor), 1 / (options.hosts * resolution))
      }
      this.addHeld(tier)
      const times = hosts.map(({actor, cpu}) => hostTimes(cpu, metric.timeOf(actor)))
      const idle = idleByBucket(times, options.hosts * options.cores, end, resolution)
      this.series.column(`${tier}.idle`).addAll(idle, 1)
    }
  }

  /** How many requests for a tier were held at the end of each bucket. */
  private addHeld(tier: string): void {
    const tally = this.world.gates.holdOf(tier)?.tally
    let held = 0
    const level = tally?.changes.map(change => (held += change))
    if (level !== undefined) this.series.column(`${tier}.held`).addAll(level, 1)
  }

  private client(row: number): number {
    return this.world.connections.address[row]!
  }

  private ofHost(process: ActorId): HostSeries {
    const known = this.hosts[process]
    if (known !== undefined) return known
    const {actors} = this.world
    const host = actors[actors[process]!.of!]!.name
    const found = {
      connections: this.series.column(`${host}.connections`),
      completed: this.series.column(`${host}.completed`),
    }
    this.hosts[process] = found
    return found
  }
}

/** What a scenario says of itself. */
type Asked = Readonly<Record<'name' | 'title' | 'question', string>>
/** Direction, fate, and when which publishes were sent. */
type Train = [direction: number, fate: number, first: Time, every: Time, count: number]
interface HostSeries {
  readonly connections: Column
  readonly completed: Column
}
