import {type Duration, type Time, toSeconds} from '../engine/time.ts'
import {KeepAliveClient} from '../net/client/keep-alive.ts'
import type {ActorId, Closing, ControlEvent, Observer} from '../net/events.ts'
import {isSession, type WorkloadOptions} from '../net/options.ts'
import {isJobs, isMqtt} from '../net/parts.ts'
import type {World} from '../net/world.ts'
import {CapacityMetric} from './capacity.ts'
import {ConnectionsMetric} from './connections.ts'
import {databaseReport} from './databases.ts'
import {holdReport} from './holds.ts'
import {hostTimes, idleCpu} from './idle-cpu.ts'
import {MqttMetric} from './mqtt.ts'
import {PacketsMetric} from './packets.ts'
import {pagesReport} from './pages.ts'
import {postsReport} from './posts.ts'
import type {
  ConnectionsReport,
  HoldReport,
  JobsReport,
  PacketsReport,
  PagesReport,
  PostsReport,
  ReleaseReport,
  Report,
  SessionsReport,
  TierReport,
  TrafficReport,
} from './report.ts'
import {StoreMetric, type StoreReport} from './stores.ts'
import {TrafficMetric} from './traffic.ts'

/** Everything that a report says, gathered while the run goes on. */
export class Metrics implements Observer {
  private world!: World
  private readonly traffic: TrafficMetric[] = []
  private readonly connections: (ConnectionsMetric | undefined)[] = []
  private readonly packets: (PacketsMetric | undefined)[] = []
  private readonly mqtt: (MqttMetric | undefined)[] = []
  private readonly capacity = new Map<string, CapacityMetric>()
  private readonly stores = new Map<string, StoreMetric>()
  private readonly releases = new Map<string, {startedAt: Time | null; finishedAt: Time | null; haltedAt?: Time}>()
  /** Process → the place of its host in its tier. */
  private readonly placeOf: number[] = []
  /** What happened while the world was being built, before this was told about it. */
  private readonly early: ControlEvent[] = []

  /** The world is built; from now on it is known who is who. */
  attach(world: World): void {
    const {options} = world
    this.world = world
    for (const workload of Object.values(options.traffic)) this.follow(workload)
    for (const [tier, fleet] of world.fleets) {
      const hosts = fleet.hosts.map(host => host.actor)
      const hostOf = (process: ActorId) => world.actors[process]!.of!
      this.capacity.set(tier, new CapacityMetric(tier, hosts, hostOf, options.end, options.resolution))
      if (fleet.store !== undefined) this.stores.set(tier, new StoreMetric(fleet.store))
    }
    for (const event of this.early.splice(0)) this.control(0, event)
  }

  private follow(workload: WorkloadOptions): void {
    const {end, resolution} = this.world.options
    const keeps = workload.kind === 'keep-alive' || isSession(workload)
    const {hosts, options} = this.world.pathTo(workload)[0]!
    this.traffic.push(new TrafficMetric(!isSession(workload)))
    this.connections.push(keeps ? new ConnectionsMetric(hosts.length, end, options.maxAge !== undefined) : undefined)
    this.mqtt.push(workload.kind === 'mqtt' ? new MqttMetric(workload, end, resolution) : undefined)
    this.packets.push(workload.kind === 'quic' ? new PacketsMetric(end) : undefined)
  }

  control(at: Time, event: ControlEvent): void {
    if (this.world === undefined) this.early.push(event)
    else if (event.kind === 'release') this.released(at, event.tier, event.state)
    else if (event.kind === 'halt') this.releases.get(event.tier)!.haltedAt = at
    else for (const metric of [...this.capacity.values(), ...this.stores.values()]) metric.add(at, event)
  }

  private released(at: Time, tier: string, state: 'started' | 'finished'): void {
    if (state === 'started') for (const metric of this.mqtt) metric?.released(at)
    if (state === 'started') this.releases.set(tier, {startedAt: at, finishedAt: null})
    else this.releases.get(tier)!.finishedAt = at
  }

  started(_at: Time, workload: number): void {
    this.traffic[workload]!.started++
  }

  opened(at: Time, workload: number, _row: number, process: ActorId, took: Duration): void {
    // Whoever is there at the beginning did not open a connection now.
    if (at > 0) this.traffic[workload]!.opened(took)
    if (at > 0) this.mqtt[workload]?.opened(at)
    this.connections[workload]!.opened(at, this.place(process))
  }

  closed(at: Time, workload: number, _row: number, process: ActorId, how: Closing, bounces: number): void {
    this.connections[workload]!.closed(at, this.place(process), how, bounces)
  }

  reconnects(at: Time, workload: number): void {
    this.connections[workload]!.reconnects(at)
  }

  /** They keep a tally of their own. */
  post(): void {}

  packet(at: Time, workload: number, host: ActorId, fate: number): void {
    this.packets[workload]!.add(at, host, fate)
  }

  ended(
    _at: Time,
    workload: number,
    _row: number,
    _process: ActorId,
    outcome: number,
    cause: number,
    took: Duration,
  ): void {
    this.traffic[workload]!.ended(outcome, cause, took)
  }

  message(_at: Time, workload: number, _row: number, _process: ActorId, what: number): void {
    this.mqtt[workload]!.message(what)
  }

  published(at: Time, workload: number, ...[direction, fate, first, every, count]: Train): void {
    this.mqtt[workload]!.published(at, direction, fate, first, every, count)
  }

  private place(process: ActorId): number {
    const known = this.placeOf[process]
    if (known !== undefined) return known
    const host = this.world.actors[process]!.of!
    const place = Number(this.world.actors[host]!.name.split('.').at(-1))
    this.placeOf[process] = place
    return place
  }

  get disruption(): {count: number; fraction: number} {
    const count = this.traffic.reduce((sum, metric) => sum + metric.disrupted, 0)
    const started = this.traffic.reduce((sum, metric) => sum + metric.started, 0)
    return {count, fraction: started === 0 ? 0 : count / started}
  }

  trafficReport(): Record<string, TrafficReport> {
    const names = Object.keys(this.world.options.traffic)
    return Object.fromEntries(names.map((name, i) => [name, this.traffic[i]!.result()]))
  }

  connectionsReport(): Record<string, ConnectionsReport> {
    const names = Object.keys(this.world.options.traffic)
    const kept = names.flatMap((name, i): [string, ConnectionsReport][] => {
      const metric = this.connections[i]
      return metric === undefined ? [] : [[name, metric.result(this.world.clients[i]!.users)]]
    })
    return Object.fromEntries(kept)
  }

  /** Of workloads over QUIC, by their names. */
  packetsReport(): Record<string, PacketsReport> {
    const {traffic, tiers} = this.world.options
    const found = Object.entries(traffic).flatMap(([name, {to}], i): [string, PacketsReport][] => {
      const resets = tiers[to]!.udp?.statelessReset === true
      return this.packets[i] === undefined ? [] : [[name, this.packets[i].result(resets)]]
    })
    return Object.fromEntries(found)
  }

  /** Of uploads that have bytes, by their names. */
  postsReport(): Record<string, PostsReport> {
    const {posts, options, sim} = this.world
    const found = Object.entries(options.traffic).flatMap(([name, it], i): [string, PostsReport][] => {
      const counts = it.kind === 'upload' && it.bandwidth !== undefined
      return counts ? [[name, postsReport(posts.tallies[i]!, this.traffic[i]!.result(), sim.now)]] : []
    })
    return Object.fromEntries(found)
  }

  /** Of tiers for which proxies held something, by their names. */
  holdsReport(): Record<string, HoldReport> {
    const found = [...this.world.fleets.keys()].flatMap((tier): [string, HoldReport][] => {
      const tally = this.world.gates.holdOf(tier)?.tally
      return tally === undefined ? [] : [[tier, holdReport(tally)]]
    })
    return Object.fromEntries(found)
  }

  /** Of workloads whose clients have pages open, by their names. */
  pagesReport(): Record<string, PagesReport> {
    const found = this.world.clients.flatMap((client, i): [string, PagesReport][] => {
      if (!(client instanceof KeepAliveClient) || client.pages === undefined) return []
      const released = this.releases.get(client.target.tier)?.startedAt ?? null
      return [
        [this.world.workloadNames[i]!, pagesReport(client.pages, client.target.version, released, this.world.sim.now)],
      ]
    })
    return Object.fromEntries(found)
  }

  /** Of workloads that are jobs, by their names. */
  jobsReport(): Record<string, JobsReport> {
    const found = this.world.clients.flatMap((client, i): [string, JobsReport][] => {
      if (!isJobs(client)) return []
      const {requeued, lost, again, doneTwice, thrownAway} = client.tally
      const done = this.traffic[i]!.result().completed
      return [
        [this.world.workloadNames[i]!, {done, requeued, lost, again, doneTwice, thrownAway: toSeconds(thrownAway)}],
      ]
    })
    return Object.fromEntries(found)
  }

  /** Of MQTT workloads whose brokers are a cluster, by their names. */
  sessionsReport(): Record<string, SessionsReport> {
    const found = this.world.clients.flatMap((client, i): [string, SessionsReport][] => {
      if (!isMqtt(client) || client.target.options.session!.takeover !== true) return []
      const {kept, takenOver, evacuated, lost} = client.contexts
      return [[this.world.workloadNames[i]!, {kept, takenOver, evacuated, lost}]]
    })
    return Object.fromEntries(found)
  }

  /** Nothing where there is no MQTT. */
  mqttReport(): Pick<Report, 'publishes' | 'acks' | 'moves'> {
    const names = Object.keys(this.world.options.traffic)
    const all = names.flatMap((name, i) => (this.mqtt[i] === undefined ? [] : [[name, this.mqtt[i]] as const]))
    if (all.length === 0) return {}
    const each = <T>(of: (metric: MqttMetric) => T) => Object.fromEntries(all.map(([name, it]) => [name, of(it)]))
    return {publishes: each(it => it.publishes()), acks: each(it => it.acks()), moves: each(it => it.moves())}
  }

  /** Of tiers that are stores, by their names. */
  storesReport(): Record<string, StoreReport> {
    const {now} = this.world.sim
    return Object.fromEntries([...this.stores].map(([tier, metric]) => [tier, metric.result(now)]))
  }

  /** Nothing where there is no database. */
  databasesReport(): Pick<Report, 'databases'> {
    const {databases, fleets, options} = this.world
    if (databases.size === 0) return {}
    const startOf = (name: string) => {
      const servers = [...fleets.values()].filter(({program}) => program?.database.name === name)
      const starts = servers.flatMap(({tier}) => this.releases.get(tier)?.startedAt ?? [])
      return starts.length === 0 ? null : Math.min(...starts)
    }
    const all = [...databases].map(([name, it]) => [name, databaseReport(it, startOf(name), options.end)])
    return {databases: Object.fromEntries(all)}
  }

  tiersReport(): Record<string, TierReport> {
    return Object.fromEntries([...this.world.fleets.keys()].map(tier => [tier, this.tierReport(tier)]))
  }

  private tierReport(tier: string): TierReport {
    const {end, resolution} = this.world.options
    const {hosts, everyHost, options} = this.world.fleet(tier)
    const capacity = this.capacity.get(tier)!
    capacity.finish(end)
    const times = everyHost.map(({actor, cpu}) => hostTimes(cpu, capacity.timeOf(actor)))
    const alive = everyHost.flatMap(host => host.processes)
    return {
      hosts: hosts.length,
      capacity: capacity.result(end),
      idleCpu: idleCpu(times, options.hosts * options.cores, end, resolution),
      memory: {peak: Math.max(...everyHost.map(host => host.peakMemory))},
      processes: {
        old: alive.filter(process => process.version === 0).length,
        new: alive.filter(process => process.version > 0).length,
      },
      ...(options.udp && {udp: {leaked: hosts.reduce((sum, {udp}) => sum + udp!.leaked, 0)}}),
    }
  }

  releaseReport(tiers: readonly string[]): Record<string, ReleaseReport> {
    return Object.fromEntries(tiers.map(tier => [tier, this.releaseOf(tier)]))
  }

  private releaseOf(tier: string): ReleaseReport {
    const {startedAt, finishedAt, haltedAt} = this.releases.get(tier) ?? {startedAt: null, finishedAt: null}
    return {
      startedAt: startedAt === null ? null : toSeconds(startedAt),
      finishedAt: finishedAt === null ? null : toSeconds(finishedAt),
      duration: startedAt === null || finishedAt === null ? null : toSeconds(finishedAt - startedAt),
      ...(haltedAt !== undefined && {haltedAt: toSeconds(haltedAt)}),
    }
  }
}

/** Direction, fate, and when which publishes were sent. */
type Train = [direction: number, fate: number, first: Time, every: Duration, count: number]
