import {type Kind, noTimer, type Timer} from '../../engine/simulator.ts'
import type {Time} from '../../engine/time.ts'
import type {ActorId} from '../events.ts'
import type {Host} from '../host/host.ts'
import {leastLoaded} from '../host/least-loaded.ts'
import type {L4lbOptions} from '../options.ts'
import type {World} from '../world.ts'
import {Belief} from './belief.ts'
import {ConnectionTable} from './connection-table.ts'
import {Flood} from './flood.ts'
import type {L4lb} from './l4lb.ts'
import {type Ring, ringDelta, ringOf} from './maglev.ts'
import type {Flow, Packet} from './packet.ts'

const never = Number.NEGATIVE_INFINITY

/** One machine of the L4 balancer: its own belief about the reals, its own ring, its own connection table. */
export class L4Host {
  readonly actor: ActorId
  readonly belief: Belief
  /** Routers send it flows. */
  announced = true
  private readonly world: World
  private readonly balancer: L4lb
  private readonly options: L4lbOptions
  private readonly table: ConnectionTable
  private readonly flood: Flood
  private ring: Ring
  /** Since when it has had its table. */
  private since: Time = never
  private readonly noticed: Kind
  private failover: Timer = noTimer
  /** Reasons for which it forwards nothing. */
  private outages = 0

  constructor(world: World, name: string, balancer: L4lb) {
    const {options, reals} = balancer
    this.world = world
    this.balancer = balancer
    this.options = options
    this.actor = world.actor(name, 'balancer')
    this.noticed = world.sim.kind(`failover/${name}`, () => this.withdraw())
    this.table = new ConnectionTable(options.connectionTable)
    this.flood = new Flood(options.cores, options.floodRate)
    this.ring = ringOf(reals.map(real => real.index))
    this.belief = new Belief(world, options.probe, [...reals], (real, into) => this.rotate(real, into))
  }

  /** It is there and forwards. */
  get forwards(): boolean {
    return this.outages === 0
  }

  /** Where a packet goes, in the order in which Katran looks (`balancer.bpf.c`); undefined: it is dropped. */
  forward(packet: Packet): Host | undefined {
    if (!this.forwards) return undefined
    const named = this.named(packet)
    if (named !== undefined) return named.gone ? undefined : named
    return this.known(packet) ?? this.byRing(packet)
  }

  /** By the server id of a QUIC connection ID or, among ourselves, of the TCP option. An unknown one counts as none. */
  private named({protocol, flag, server}: Packet): Host | undefined {
    const readable = protocol === 'udp' || (this.options.tcpServerId && flag !== 'syn')
    return readable && server !== undefined ? this.balancer.reals[server] : undefined
  }

  /** By the connection table, its own or the shared one, which a SYN never asks. */
  private known({protocol, flag, hash, flow}: Packet): Host | undefined {
    if (flow === undefined || flag === 'syn') return undefined
    const idle = this.world.sim.now - flow.last
    const own = protocol === 'tcp' || idle <= this.options.udpTimeout
    return (own && this.knows(flow, hash)) || this.isShared(flow, hash) ? flow.real : undefined
  }

  private knows(flow: Flow, hash: number): boolean {
    const others = this.balancer.flows / this.balancer.hosts.length
    const [first, last] = [this.saw(flow.first, hash), this.saw(flow.last, hash)]
    return last && this.entered(flow, hash, first) && this.table.remembers(flow.last, others)
  }

  /** Whether a packet of then came this way, and the table is the same as then. */
  private saw(at: Time, hash: number): boolean {
    const {ecmp} = this.balancer
    return (at > this.since || this.since === never) && ecmp.hopAt(hash, at) === ecmp.hopOf(hash)
  }

  private isShared(flow: Flow, hash: number): boolean {
    const {shared, flows} = this.balancer
    return this.entered(flow, hash, true) && shared.remembers(flow.last, flows)
  }

  /** Whether the flow's first packet, if it was seen, put it in the table or, that having come in a flood, its last did. */
  private entered({first, last}: Flow, hash: number, sawFirst: boolean): boolean {
    return (sawFirst && !this.flood.covered(first, hash)) || !this.flood.covered(last, hash)
  }

  private byRing({hash, flag, flow}: Packet): Host | undefined {
    if (flow === undefined && flag !== 'rst') this.enter(hash)
    return this.pick(hash)
  }

  /** A new flow is entered in the tables, unless there is a flood of them. */
  enter(hash: number): void {
    const {now} = this.world.sim
    if (!this.flood.admits(now, hash)) return
    this.table.insert(now)
    this.balancer.shared.insert(now)
  }

  /** False as long as every flow is known, so that nobody needs to be asked about. */
  get mayForget(): boolean {
    const lost = this.since !== never || this.balancer.ecmp.everChanged
    return lost || this.flood.everCame || this.table.mayForget(this.world.connections.end)
  }

  /** The real for a flow that nothing is known of. */
  pick(hash: number): Host | undefined {
    const {pick} = this.options
    if (pick === 'maglev') return this.balancer.reals[this.ring[(hash >>> 0) % this.ring.length]!]
    const {members} = this.belief
    return pick === 'random' ? members[(hash >>> 0) % members.length] : leastLoaded(members, hash)
  }

  /** It takes its announcement back, and routers send its flows to others at once (BGP). */
  withdraw(): void {
    this.announce(false)
  }

  /** It forwards no more. Routers notice after a while, unless it has withdrawn before or is back by then. */
  stop(): void {
    if (this.outages++ > 0) return
    this.tell()
    if (this.announced) this.failover = this.world.sim.in(this.options.failover, this.noticed, 0)
  }

  /** It forwards again, with an empty table, and routers know it. */
  start(): void {
    if (--this.outages > 0) return
    this.since = this.world.sim.now
    this.world.sim.cancel(this.failover)
    this.failover = noTimer
    this.tell()
    if (this.announced) this.world.rerouting.changed(this.balancer, [this])
    else this.announce(true)
  }

  private announce(announced: boolean): void {
    if (this.announced === announced) return
    this.announced = announced
    this.tell()
    this.balancer.reshuffle()
  }

  private tell(): void {
    const {actor: balancer, announced, forwards} = this
    this.world.control({kind: 'forwarding', balancer, announced, forwards})
  }

  private rotate(host: Host, into: boolean): void {
    const ring = ringOf(this.belief.members.map(real => real.index))
    const delta = ringDelta(this.ring, ring)
    this.ring = ring
    this.world.control({kind: 'rotate', balancer: this.actor, host: host.actor, into, delta})
    this.world.rerouting.changed(this.balancer, [this])
  }
}
