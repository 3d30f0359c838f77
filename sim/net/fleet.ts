import type {Random} from '../engine/random.ts'
import type {Script} from '../engine/script.ts'
import {Host} from './host.ts'
import {L4lb} from './l4lb.ts'
import {Link} from './link.ts'
import type {TierOptions} from './options.ts'
import type {World} from './world.ts'

/** The hosts of one tier, and what stands before them. */
export class Fleet {
  readonly tier: string
  readonly options: TierOptions
  /** Those that belong to it now. */
  hosts: readonly Host[]
  /** All that ever belonged to it, by their numbers. */
  readonly everyHost: Host[]
  /** What its hosts boot: 0 until it is released, then 1. */
  version = 0
  readonly link: Link
  l4lb?: L4lb
  private readonly world: World
  private readonly random: Random

  constructor(world: World, tier: string, options: TierOptions) {
    this.world = world
    this.tier = tier
    this.options = options
    this.link = new Link(options.link, world.sim.random(`link/${tier}`))
    this.random = world.sim.random(`order/${tier}`)
    this.everyHost = Array.from({length: options.hosts}, (_, index) => new Host(world, tier, index, options))
    this.hosts = Object.freeze([...this.everyHost])
  }

  /** Its hosts run, as they have for long, and the balancer in front knows them. */
  start(): void {
    const {behind} = this.options
    for (const host of this.hosts) host.startAtOnce(0)
    if (behind !== undefined) this.l4lb = new L4lb(this.world, this.tier, behind, this.everyHost)
  }

  /** Its hosts in the order in which they are to be restarted. */
  inOrder(order: 'given' | 'random'): readonly Host[] {
    return order === 'random' ? this.random.shuffle(this.hosts) : this.hosts
  }

  /** Tells whoever watches that a batch begins. */
  announce(hosts: readonly Host[]): void {
    this.world.control({kind: 'batch', tier: this.tier, hosts: hosts.map(host => host.actor)})
  }

  /**
   * Puts one more host into the pool and boots the fleet's version on it. Returns once that listens and answers health
   * checks; the host gets work when those who probe it have noticed (`inRotation`).
   */
  *addHost(): Script<Host> {
    const host = new Host(this.world, this.tier, this.everyHost.length, this.options)
    this.everyHost.push(host)
    this.hosts = Object.freeze([...this.hosts, host])
    this.world.control({kind: 'pool', tier: this.tier, host: host.actor, joins: true})
    this.world.welcome(host, this)
    host.rotated()
    yield* host.attended(firstBoot(host))
    return host
  }

  /**
   * Takes a host out of the pool for good: who is in front sends no new work there and probes it no more, at once. What
   * it has it keeps, and what the connection tables know goes on to it, as long as it lives.
   */
  removeHost(host: Host): void {
    if (host.removed) return
    host.removed = true
    this.hosts = Object.freeze(this.hosts.filter(other => other !== host))
    for (const belief of this.world.beliefsIn(this)) belief.leave(host)
    host.rotated()
    this.world.control({kind: 'pool', tier: this.tier, host: host.actor, joins: false})
  }
}

function* firstBoot(host: Host): Script {
  const fresh = yield* host.boot()
  fresh.listen()
  fresh.answerHealthChecks()
}
