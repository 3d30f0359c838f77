import {Condition} from '../../engine/script.ts'
import type {Time} from '../../engine/time.ts'
import type {Host} from '../host/host.ts'
import {mix32} from '../murmur3.ts'
import type {L4lbOptions} from '../options.ts'
import {balancerOf} from '../tier-kind.ts'
import type {World} from '../world.ts'
import {ConnectionTable} from './connection-table.ts'
import {Ecmp} from './ecmp.ts'
import {L4Host} from './l4-host.ts'
import type {Packet} from './packet.ts'

/** The L4 balancer in front of a tier: routers spread flows over its hosts (ECMP), each of which goes its own way. */
export class L4lb {
  readonly name: string
  readonly options: L4lbOptions
  readonly hosts: readonly L4Host[]
  /** By their numbers; those that left are among them. */
  readonly reals: readonly Host[]
  readonly ecmp: Ecmp
  /** The table that all L4 hosts share, if they do: it knows the flows that come to another of them. */
  readonly shared: ConnectionTable
  /** The operator has called its release off: what has begun is finished, and nothing new begins. */
  readonly halted = new Condition()
  private readonly world: World
  private readonly salt: number
  private counted: {readonly at: Time; readonly flows: number} = {at: -1, flows: 0}

  constructor(world: World, tier: string, options: L4lbOptions, reals: readonly Host[]) {
    this.world = world
    this.name = balancerOf(tier)
    this.options = options
    this.reals = reals
    this.salt = world.sim.random('flow-hash').integer(2 ** 32)
    this.ecmp = new Ecmp(options.ecmp, options.hosts)
    this.shared = new ConnectionTable(options.globalTable)
    this.hosts = Array.from({length: options.hosts}, (_, k) => new L4Host(world, `${this.name}.${k}`, this))
  }

  /** What is hashed of a client's `attempt`-th connection: its address, and unless told otherwise its port. */
  hash(address: number, attempt: number): number {
    return mix32(mix32(address ^ this.salt) + (this.options.hash === '5-tuple' ? attempt * 0x9e3779b9 : 0))
  }

  /** The L4 host that routers send a flow to; undefined if none announces the VIP. */
  hostOf(hash: number): L4Host | undefined {
    return this.hosts[this.ecmp.hopOf(hash) ?? -1]
  }

  /** Where a packet goes; undefined: nowhere. */
  forward(packet: Packet): Host | undefined {
    return this.hostOf(packet.hash)?.forward(packet)
  }

  /** Tells whoever watches that a batch of a release begins. */
  announce(hosts: readonly L4Host[]): void {
    this.world.control({kind: 'batch', tier: this.name, hosts: hosts.map(host => host.actor)})
  }

  /** Other L4 hosts announce the VIP than before. */
  reshuffle(): void {
    this.ecmp.change(
      this.world.sim.now,
      [...this.hosts.keys()].filter(k => this.hosts[k]!.announced),
    )
    this.world.rerouting.changed(this)
  }

  /** Connections through all L4 hosts. */
  get flows(): number {
    const {now: at} = this.world.sim
    if (this.counted.at !== at) this.counted = {at, flows: this.reals.reduce((sum, real) => sum + real.connections, 0)}
    return this.counted.flows
  }
}
