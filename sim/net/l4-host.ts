import {Belief} from './belief.ts'
import {ConnectionTable} from './connection-table.ts'
import type {ActorId} from './events.ts'
import {Flood} from './flood.ts'
import {type Host, leastLoaded} from './host.ts'
import type {L4lb} from './l4lb.ts'
import {type Ring, ringDelta, ringOf, ringSize} from './maglev.ts'
import type {L4lbOptions} from './options.ts'
import type {Flow, Packet} from './packet.ts'
import type {World} from './world.ts'

/** One machine of the L4 balancer: its own belief about the reals, its own ring, its own connection table. */
export class L4Host {
  readonly table: ConnectionTable
  private readonly actor: ActorId
  private readonly world: World
  private readonly balancer: L4lb
  private readonly options: L4lbOptions
  private readonly flood: Flood
  readonly belief: Belief
  private ring: Ring

  constructor(world: World, name: string, balancer: L4lb) {
    const {options, reals} = balancer
    this.world = world
    this.balancer = balancer
    this.options = options
    this.actor = world.actor(name, 'balancer')
    this.table = new ConnectionTable(options.connectionTable)
    this.flood = new Flood(options.cores, options.floodRate)
    this.ring = ringOf(reals.map(real => real.index))
    this.belief = new Belief(world, options.probe, [...reals], (real, into) => this.rotate(real, into))
  }

  /** Where a packet goes, in the order in which Katran looks (`balancer.bpf.c`); undefined: it is dropped. */
  forward(packet: Packet): Host | undefined {
    return this.named(packet) ?? this.known(packet) ?? this.byRing(packet)
  }

  /** By the server id of a QUIC connection ID or, among ourselves, of the TCP option. An unknown one counts as none. */
  private named({protocol, flag, server}: Packet): Host | undefined {
    const readable = protocol === 'udp' || (this.options.tcpServerId && flag !== 'syn')
    return readable && server !== undefined ? this.balancer.reals[server] : undefined
  }

  /** By the connection table, which a SYN never asks. */
  private known({protocol, flag, hash, flow}: Packet): Host | undefined {
    if (flow === undefined || flag === 'syn' || !this.entered(flow, hash)) return undefined
    const stale = protocol === 'udp' && this.world.sim.now - flow.last > this.options.udpTimeout
    return !stale && this.table.remembers(flow.last, this.balancer.flowsPerHost) ? flow.real : undefined
  }

  /** Whether the first packet of the flow put it in the table or, that having come in a flood, a later one did. */
  private entered({first, last}: Flow, hash: number): boolean {
    return !this.flood.covered(first, hash) || !this.flood.covered(last, hash)
  }

  private byRing({hash, flag, flow}: Packet): Host | undefined {
    const {now} = this.world.sim
    if (flow === undefined && flag !== 'rst' && this.flood.admits(now, hash)) this.table.insert(now)
    return this.pick(hash)
  }

  /** False as long as every flow is known, so that nobody needs to be asked about. */
  get mayForget(): boolean {
    return this.flood.everCame || this.table.mayForget(this.world.connections.end)
  }

  /** The real for a flow that nothing is known of. */
  pick(hash: number): Host | undefined {
    const {pick} = this.options
    if (pick === 'maglev') return this.balancer.reals[this.ring[hash % ringSize]!]
    const {members} = this.belief
    return pick === 'random' ? members[hash % members.length] : leastLoaded(members, hash)
  }

  private rotate(host: Host, into: boolean): void {
    const ring = ringOf(this.belief.members.map(real => real.index))
    const delta = ringDelta(this.ring, ring)
    this.ring = ring
    this.world.control({kind: 'rotate', balancer: this.actor, host: host.actor, into, delta})
    if (this.options.pick === 'maglev') this.world.severance.ringChanged(this)
  }
}
