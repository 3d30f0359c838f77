import {assert} from '../engine/assert.ts'
import {type Kind, noTimer, Simulator} from '../engine/simulator.ts'
import type {Duration} from '../engine/time.ts'
import type {Client} from './client/client.ts'
import {KeepAliveClient} from './client/keep-alive.ts'
import {HttpClient, UploadClient} from './client/requests.ts'
import {WebSocketClient} from './client/websocket.ts'
import {Connections} from './connections.ts'
import {Crowds} from './crowd/crowds.ts'
import type {Database} from './database/database.ts'
import type {Queries} from './database/queries.ts'
import type {ActorId, ControlEvent, Observer} from './events.ts'
import {Exchange} from './exchange.ts'
import {Handshake} from './handshake.ts'
import {Evacuation} from './host/evacuation.ts'
import {Fleet} from './host/fleet.ts'
import type {Host} from './host/host.ts'
import type {Process} from './host/process.ts'
import {ListeningSocket} from './host/socket.ts'
import type {Belief} from './l4/belief.ts'
import {Probing} from './l4/prober.ts'
import {Rerouting} from './l4/rerouting.ts'
import {Link} from './link.ts'
import type {TierOptions, UpstreamOptions, WorkloadOptions, WorldOptions} from './options.ts'
import {isJobs, type Part, type Parts} from './parts.ts'
import {planChange, planFault} from './plan.ts'
import {Posts} from './posts/posts.ts'
import {Replay} from './posts/replay.ts'
import {ConnectionReuse} from './proxy/connection-reuse.ts'
import {Gates} from './proxy/gates.ts'
import {Http2Links} from './proxy/http2.ts'
import {Relay} from './proxy/relay.ts'
import {Routes} from './proxy/routes.ts'
import {ServerPool} from './proxy/server-pool.ts'
import type {Upstream} from './proxy/upstream.ts'
import {Severance} from './severance.ts'
import {Datagrams} from './udp/datagrams.ts'

export interface Actor {
  readonly name: string
  readonly kind: 'balancer' | 'host' | 'process'
  readonly of?: ActorId
}

/** Everything that there is in one run, and who is told what happens in it. */
export class World {
  readonly sim: Simulator
  readonly options: WorldOptions
  readonly observer: Observer
  readonly connections: Connections
  readonly actors: Actor[] = []
  readonly processes: Process[] = []
  readonly sockets: ListeningSocket[] = []
  readonly fleets = new Map<string, Fleet>()
  readonly databases = new Map<string, Database>()
  readonly clients: Client[] = []
  readonly workloadNames: readonly string[]
  readonly probing: Probing
  readonly handshake: Handshake
  readonly exchange: Exchange
  readonly relay: Relay
  readonly gates: Gates
  readonly severance: Severance
  readonly rerouting: Rerouting
  readonly datagrams: Datagrams
  readonly posts: Posts
  readonly replay: Replay
  readonly reuse: ConnectionReuse
  readonly evacuation: Evacuation
  readonly crowds: Crowds
  /** Where there is a database. */
  readonly queries?: Queries
  /** The next client of a workload comes. */
  readonly arrival: Kind
  readonly tryAgain: Kind
  private readonly exit: Kind
  private readonly fleetByHost = new Map<Host, Fleet>()
  private readonly routes: Routes
  private readonly parts: Partial<Parts>

  constructor(options: WorldOptions, seed: number, observer: Observer, parts: Partial<Parts> = {}) {
    this.sim = new Simulator(seed)
    this.options = options
    this.observer = observer
    this.parts = parts
    this.workloadNames = Object.keys(options.traffic)
    this.routes = new Routes(Object.keys(options.tiers), tier => upstreamsOf(options.tiers[tier]!))
    this.connections = new Connections(
      Math.max(1, ...Object.values(options.traffic).map(it => this.namesTo(it).length)),
    )
    this.probing = new Probing(this)
    this.handshake = new Handshake(this)
    this.exchange = new Exchange(this)
    this.relay = new Relay(this)
    this.gates = new Gates(this)
    this.severance = new Severance(this)
    this.rerouting = new Rerouting(this)
    this.datagrams = new Datagrams(this)
    this.posts = new Posts(this)
    this.replay = new Replay(this)
    this.reuse = new ConnectionReuse(this)
    this.evacuation = new Evacuation(this)
    this.crowds = new Crowds(this)
    this.arrival = this.sim.kind('arrival', index => this.clients[index]!.arrive(), 'routine')
    this.exit = this.sim.kind('exit', id => this.processes[id]!.exit())
    this.tryAgain = this.sim.kind('try-again', row => this.clientOf(row).retry(row), 'routine')
    for (const [tier, {holds}] of Object.entries(options.tiers))
      if (holds !== undefined) this.databases.set(tier, new (this.part('Database'))(this, tier, holds))
    if (this.databases.size > 0) this.queries = new (this.part('Queries'))(this)
    for (const tier of Object.keys(options.tiers)) this.buildFleet(tier)
    for (const fleet of this.fleets.values()) this.buildUpstreams(fleet)
    for (const [name, workload] of Object.entries(options.traffic)) this.buildClient(name, workload)
    for (const fault of options.faults) planFault(this, fault)
    for (const change of options.changes ?? []) planChange(this, change)
  }

  /** Puts everybody who is there at the beginning in their place. */
  start(): void {
    for (const client of this.clients) client.start()
  }

  /** The run is over: whoever counted something tells it. */
  conclude(): void {
    this.crowds.settle()
    for (const client of this.clients) client.conclude()
    this.queries?.conclude()
  }

  /** What it was given to make some of what is in it. */
  part<P extends Part>(name: P): Parts[P] {
    const part = this.parts[name]
    assert(part !== undefined, `this world was given no ${name}`)
    return part
  }

  private buildFleet(tier: string): void {
    const fleet = new Fleet(this, tier, this.options.tiers[tier]!)
    this.fleets.set(tier, fleet)
    for (const host of fleet.hosts) this.fleetByHost.set(host, fleet)
    fleet.start()
  }

  private buildUpstreams(fleet: Fleet): void {
    for (const upstream of fleet.options.upstream ?? [])
      for (const host of fleet.hosts) host.upstreams.push(this.upstreamOf(upstream, host))
    for (const host of fleet.hosts) for (const upstream of host.upstreams) upstream.start(host.current)
  }

  /** A host has come to a fleet while the run goes on: it gets to know whom it sends work to. */
  connect(host: Host, fleet: Fleet): void {
    this.fleetByHost.set(host, fleet)
    for (const upstream of fleet.options.upstream ?? []) host.upstreams.push(this.upstreamOf(upstream, host))
  }

  /** What those believe who send work to a fleet: its L4 hosts, and the proxies before it. */
  beliefsIn({tier, l4lb}: Fleet): Belief[] {
    const proxies = [...this.fleets.values()].flatMap(({everyHost}) => everyHost)
    const upstreams = proxies.flatMap(host => host.upstreams.filter(({to}) => to === tier))
    return [...(l4lb?.hosts ?? []), ...upstreams].flatMap(({belief}) => belief ?? [])
  }

  private upstreamOf(options: UpstreamOptions, host: Host): Upstream {
    const fleet = this.fleet(options.to)
    return options.http2 === undefined
      ? new ServerPool(this, options, fleet.hosts)
      : new Http2Links(this, options, options.http2, host, fleet)
  }

  private buildClient(name: string, options: WorkloadOptions): void {
    const index = this.clients.length
    this.clients.push(clientFor(this, name, index, options))
  }

  fleet(tier: string): Fleet {
    const fleet = this.fleets.get(tier)
    assert(fleet !== undefined, `there is no tier ${tier}`)
    return fleet
  }

  fleetOf(host: Host): Fleet {
    return this.fleetByHost.get(host)!
  }

  /** The tiers that requests of a workload pass, from the one whose balancer its clients reach to the one that answers. */
  pathTo(workload: WorkloadOptions): readonly Fleet[] {
    const path = this.namesTo(workload).map(name => this.fleet(name))
    const isLed = path[0]?.l4lb !== undefined || path[0]?.store !== undefined
    assert(workload.kind === 'job' || isLed, `no balancer leads to ${workload.to}`)
    return path
  }

  /** The way from the proxies of one tier to the next: one of its own, or that into the next tier. */
  linkBetween(from: Fleet, to: Fleet): Link {
    const own = from.options.upstream?.find(upstream => upstream.to === to.tier)?.link
    return own === undefined ? to.link : new Link(own, this.sim.random(`link/${from.tier}/${to.tier}`))
  }

  private namesTo({kind, to, via}: WorkloadOptions): readonly string[] {
    if (kind === 'job') return [to]
    const behind = this.options.tiers[to]?.behind !== undefined
    return this.routes.path(via ?? (behind ? to : this.routes.outermost(to)[0]!), to) ?? []
  }

  clientOf(row: number): Client {
    return this.clients[this.connections.workload[row]!]!
  }

  actor(name: string, kind: Actor['kind'], of?: ActorId): ActorId {
    return this.actors.push(of === undefined ? {name, kind} : {name, kind, of}) - 1
  }

  addProcess(process: Process): number {
    return this.processes.push(process) - 1
  }

  /** The kernel needs that long to close what a killed process leaves. */
  exitIn(delay: Duration, process: Process): void {
    if (delay === 0) process.exit()
    else this.sim.in(delay, this.exit, process.id)
  }

  addSocket(owner: Process, backlog: number): ListeningSocket {
    const socket = new ListeningSocket(this.sockets.length, owner, backlog)
    this.sockets.push(socket)
    return socket
  }

  control(event: ControlEvent): void {
    this.observer.control(this.sim.now, event)
  }

  /** A server closes its idle connections to proxies, or is gone. */
  forgetServer(server: Process): void {
    for (const {everyHost} of this.fleets.values())
      for (const {upstreams, processes} of everyHost)
        if (upstreams.length > 0) for (const process of processes) process.pool.forget(server)
  }

  /** A worker of the tier may have a thread to spare. */
  offerJobs({tier}: Host | Fleet): void {
    for (const client of this.clients) if (isJobs(client) && client.target.tier === tier) client.fetch()
  }

  /** Puts a connection that is there at the beginning where a handshake would have put it. False: nowhere to put it. */
  place(row: number): boolean {
    const c = this.connections
    const client = this.clientOf(row)
    c.hash[row] = client.entry.l4lb!.hash(c.address[row]!, c.attempts[row]!++)
    const {current: process} = client.entry.l4lb!.hostOf(c.hash[row]!)!.pick(c.hash[row]!)!
    c.synAt[row] = Number.NEGATIVE_INFINITY
    c.process[row] = process.id
    c.acceptedBy[row] = process.id
    c.worker[row] = process.host.udp?.forNewFlow(c.hash[row]!)?.worker ?? 0
    c.timer[row] = noTimer
    c.held.add(process.held, row)
    process.host.took(1)
    if (client.asks) return true
    while (this.relay.isUnderway(row)) if (!this.relay.pass(row, false)) return false
    return true
  }
}

function clientFor(world: World, name: string, index: number, options: WorkloadOptions): Client {
  if (options.kind === 'http') return new HttpClient(world, name, index, options)
  if (options.kind === 'upload') return new UploadClient(world, name, index, options)
  if (options.kind === 'keep-alive') return new KeepAliveClient(world, name, index, options)
  if (options.kind === 'quic') return new (world.part('QuicClient'))(world, name, index, options)
  if (options.kind === 'commands') return new (world.part('CommandClient'))(world, name, index, options)
  if (options.kind === 'job') return new (world.part('JobClient'))(world, name, index, options)
  if (options.kind === 'mqtt') return new (world.part('MqttClient'))(world, name, index, options)
  return new WebSocketClient(world, name, index, options)
}

const upstreamsOf = ({upstream = []}: TierOptions): readonly string[] => upstream.map(({to}) => to)
