import {ConnectionTable} from './connection-table.ts'
import type {ActorId} from './events.ts'
import type {Host} from './host.ts'
import {maglevRing, type Ring, ringDelta, ringSize} from './maglev.ts'
import {mix32} from './murmur3.ts'
import type {L4lbOptions} from './options.ts'
import {Prober, Probing} from './prober.ts'
import type {World} from './world.ts'

/** The L4 balancer in front of a tier: routers spread flows over its hosts (ECMP), each of which goes its own way. */
export class L4lb {
  readonly options: L4lbOptions
  readonly hosts: readonly L4Host[]
  private readonly world: World
  private readonly salt: number

  constructor(world: World, tier: string, options: L4lbOptions, reals: readonly Host[]) {
    this.world = world
    this.options = options
    this.salt = world.sim.random('flow-hash').integer(2 ** 32)
    const rings = new Rings(reals.length)
    this.hosts = Array.from(
      {length: options.hosts},
      (_, k) => new L4Host(world, `${tier}.l4.${k}`, options, reals, rings),
    )
  }

  /** What is hashed of a client's `attempt`-th connection: its address, and unless told otherwise its port. */
  hash(address: number, attempt: number): number {
    return mix32(mix32(address ^ this.salt) + (this.options.hash === '5-tuple' ? attempt * 0x9e3779b9 : 0))
  }

  hostOf(hash: number): L4Host {
    return this.hosts[(hash >>> 8) % this.hosts.length]!
  }

  /** The real for a SYN, which always goes by the ring; undefined when it is empty. */
  route(hash: number): Host | undefined {
    const host = this.hostOf(hash)
    host.table.insert(this.world.sim.now)
    return host.pick(hash)
  }
}

/** One machine of the L4 balancer: its own belief about the reals, its own ring, its own connection table. */
export class L4Host {
  readonly table: ConnectionTable
  private readonly actor: ActorId
  private readonly world: World
  private readonly reals: readonly Host[]
  private readonly rings: Rings
  private readonly options: L4lbOptions
  private readonly probers: readonly Prober[]
  private members: readonly Host[]
  private ring: Ring

  constructor(world: World, name: string, options: L4lbOptions, reals: readonly Host[], rings: Rings) {
    this.world = world
    this.options = options
    this.reals = reals
    this.rings = rings
    this.actor = world.actor(name, 'balancer')
    this.table = new ConnectionTable(options.connectionTable, world.options.resolution)
    this.members = reals
    this.ring = rings.of(reals)
    const phases = world.sim.random('probe-phase')
    this.probers = reals.map((real, k) => {
      const phase = Probing.phase(options.probe, k, reals.length, () => phases.uniform())
      return new Prober(world, real, options.probe, phase, into => this.rotate(real, into))
    })
  }

  pick(hash: number): Host | undefined {
    const {pick} = this.options
    if (pick === 'maglev') return this.reals[this.ring[hash % ringSize]!]
    if (pick === 'random') return this.members[hash % this.members.length]
    return leastLoaded(this.members, hash)
  }

  private rotate(host: Host, into: boolean): void {
    this.members = this.reals.filter((_, k) => this.probers[k]!.up)
    const ring = this.rings.of(this.members)
    const delta = ringDelta(this.ring, ring)
    this.ring = ring
    this.world.control({kind: 'rotate', balancer: this.actor, host: host.actor, into, delta})
    if (this.options.pick === 'maglev') this.world.severance.ringChanged(this)
  }
}

/** Rings by membership: the same hosts come and go again and again, and every L4 host builds the same ring. */
class Rings {
  private readonly known = new Map<string, Ring>()
  private readonly limit: number

  constructor(reals: number) {
    this.limit = 2 * reals + 16
  }

  of(members: readonly Host[]): Ring {
    const key = members.map(host => host.index).join()
    let ring = this.known.get(key)
    if (ring === undefined) {
      ring = maglevRing(members.map(host => host.index))
      if (this.known.size >= this.limit) this.known.clear()
      this.known.set(key, ring)
    }
    return ring
  }
}

/** The host with the fewest connections; among equals the one that the hash falls on. */
function leastLoaded(hosts: readonly Host[], hash: number): Host | undefined {
  let best: Host | undefined
  for (let i = 0; i < hosts.length; i++) {
    const host = hosts[(i + hash) % hosts.length]!
    if (best === undefined || host.connections < best.connections) best = host
  }
  return best
}
