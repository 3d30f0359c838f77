import {type Distribution, fixed} from '../../engine/distributions.ts'
import type {Random} from '../../engine/random.ts'
import {Condition, type Script, sleep} from '../../engine/script.ts'
import type {Duration} from '../../engine/time.ts'
import type {Program} from '../database/program.ts'
import {L4lb} from '../l4/l4lb.ts'
import {Link} from '../link.ts'
import type {TierOptions} from '../options.ts'
import type {Pause} from '../proxy/hold.ts'
import type {Store} from '../store/store.ts'
import type {World} from '../world.ts'
import {Host} from './host.ts'
import type {Process} from './process.ts'

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
  /** The operator has called its release off: what has begun is finished, and nothing new begins. */
  readonly halted = new Condition()
  readonly link: Link
  l4lb?: L4lb
  /** What its hosts keep together, if it is a store. */
  readonly store?: Store
  /** What its processes do with their database, if they have one. */
  readonly program?: Program
  private readonly world: World
  private readonly random: Random

  constructor(world: World, tier: string, options: TierOptions) {
    this.world = world
    this.tier = tier
    this.options = options
    this.link = new Link(options.link, world.sim.random(`link/${tier}`))
    this.random = world.sim.random(`order/${tier}`)
    const {database} = options
    if (database !== undefined) this.program = world.databases.get(database.to)!.serve(database)
    this.everyHost = Array.from({length: options.hosts}, (_, index) => new Host(world, tier, index, options))
    this.hosts = Object.freeze([...this.everyHost])
    if (options.store !== undefined) this.store = new (world.part('Store'))(world, this, options.store)
  }

  /** Its hosts run, as they have for long, and the balancer in front knows them. */
  start(): void {
    const {behind} = this.options
    this.store?.start()
    for (const host of this.hosts) host.startAtOnce(0)
    if (behind !== undefined) this.l4lb = new L4lb(this.world, this.tier, behind, this.everyHost)
  }

  /** Its hosts in the order in which they are to be restarted. */
  inOrder(order: 'given' | 'random'): readonly Host[] {
    return order === 'random' ? this.random.shuffle(this.hosts) : this.hosts
  }

  /** A broker of it ends the connections of its users, so many a second, for them to come back to others. */
  evictConnections(leaving: Process, perSecond: number): Script {
    return this.world.evacuation.connections(leaving, perSecond)
  }

  /** It gives the sessions of users who have no connection to the others, so many a second. */
  evictSessions(leaving: Process, perSecond: number): Script {
    return this.world.evacuation.sessions(leaving, perSecond)
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
    const host = this.build()
    this.hosts = Object.freeze([...this.hosts, host])
    for (const belief of this.world.beliefsIn(this)) belief.join(host)
    host.rotated()
    yield* host.attended(firstBoot(host))
    return host
  }

  /** Boots one more host beside the pool. Nobody sends it work before it takes the place of others. */
  *prepareHost(): Script<Host> {
    const host = this.build()
    host.rotated()
    yield* host.attended(firstBoot(host))
    return host
  }

  /** Gives back a host that was prepared and never took the place of another. What runs on it is killed. */
  discard(host: Host): void {
    this.retire(host)
    host.rotated()
    for (const process of [...host.processes]) process.kill()
  }

  /** Has the proxies before it hold its requests. */
  hold(pause: Pause): void {
    this.world.gates.shut(this.tier, pause)
  }

  /** Has them go on. */
  resume(): void {
    this.world.gates.open(this.tier)
  }

  /** Whoever releases it calls that off. */
  callOff(): void {
    if (!this.halted.holds) this.world.control({kind: 'halt', tier: this.tier})
    this.halted.set(true)
  }

  private build(): Host {
    const host = new Host(this.world, this.tier, this.everyHost.length, this.options)
    this.everyHost.push(host)
    this.store?.adopt(host)
    this.world.control({kind: 'pool', tier: this.tier, host: host.actor, joins: true})
    this.world.connect(host, this)
    return host
  }

  /** Has prepared hosts take the place of all others: each of those in front turns from these to those in one instant. */
  switchTo(heirs: readonly Host[], propagation: Distribution = atOnce): void {
    const olds = this.hosts
    this.hosts = Object.freeze([...heirs])
    for (const old of olds) this.retire(old)
    for (const belief of this.world.beliefsIn(this))
      this.afterwards(propagation, () => {
        for (const heir of heirs) belief.join(heir, true)
        for (const heir of heirs) heir.rotated()
        for (const old of olds) belief.leave(old)
      })
    for (const host of this.everyHost) host.rotated()
  }

  /**
   * Takes a host out of the pool for good. Each of those in front hears of it after a time of its own, at once unless
   * `propagation` says otherwise, and sends no new work there and probes it no more. What the host has it keeps, and what
   * the connection tables know goes on to it, as long as it lives.
   */
  removeHost(host: Host, propagation: Distribution = atOnce): void {
    if (host.removed) return
    this.retire(host)
    for (const belief of this.world.beliefsIn(this)) this.afterwards(propagation, () => belief.leave(host))
    host.rotated()
  }

  /** Tells whoever watches that the release goes on to its next step. */
  enter(phase: string): void {
    this.world.control({kind: 'phase', tier: this.tier, phase})
  }

  private retire(host: Host): void {
    host.removed = true
    this.hosts = Object.freeze(this.hosts.filter(other => other !== host))
    this.world.control({kind: 'pool', tier: this.tier, host: host.actor, joins: false})
  }

  private afterwards(propagation: Distribution, act: () => void): void {
    const delay = propagation.sample(this.world.sim.random(`propagation/${this.tier}`))
    if (delay === 0) act()
    else this.world.sim.start(later(delay, act))
  }
}

const atOnce = fixed(0)

function* later(delay: Duration, act: () => void): Script {
  yield* sleep(delay)
  act()
}

function* firstBoot(host: Host): Script {
  const fresh = yield* host.boot()
  fresh.listen()
  fresh.answerHealthChecks()
}
