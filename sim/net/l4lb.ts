import {ConnectionTable} from './connection-table.ts'
import type {ActorId} from './events.ts'
import {type Host, leastLoaded} from './host.ts'
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
    this.hosts = Array.from({length: options.hosts}, (_, k) => new L4Host(world, `${tier}.l4.${k}`, options, reals))
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
  private readonly options: L4lbOptions
  private readonly probers: readonly Prober[]
  private members: readonly Host[]
  private ring: Ring

  constructor(world: World, name: string, options: L4lbOptions, reals: readonly Host[]) {
    this.world = world
    this.options = options
    this.reals = reals
    this.actor = world.actor(name, 'balancer')
    this.table = new ConnectionTable(options.connectionTable)
    this.members = reals
    this.ring = ringOf(reals)
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
    const ring = ringOf(this.members)
    const delta = ringDelta(this.ring, ring)
    this.ring = ring
    this.world.control({kind: 'rotate', balancer: this.actor, host: host.actor, into, delta})
    if (this.options.pick === 'maglev') this.world.severance.ringChanged(this)
  }
}

/**
 * Rings by membership. The same hosts come and go again and again, every L4 host builds the same ring of them, and so
 * does the next run: a ring costs some milliseconds and a quarter of a megabyte, so the last 100 are kept.
 */
const rings = new Map<string, Ring>()

function ringOf(members: readonly Host[]): Ring {
  const indices = members.map(host => host.index)
  const key = indices.join()
  const ring = rings.get(key) ?? maglevRing(indices)
  rings.delete(key)
  rings.set(key, ring)
  if (rings.size > 100) rings.delete(rings.keys().next().value!)
  return ring
}
