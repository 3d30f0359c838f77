import type {Duration, Time} from '../../engine/time.ts'
import type {RequestClient} from '../client/requests.ts'
import {type Connections, State} from '../connections.ts'
import {causeOf, outcomeOf} from '../events.ts'
import type {Fleet} from '../host/fleet.ts'
import type {Process} from '../host/process.ts'
import {mix32} from '../murmur3.ts'
import type {RequestWorkload} from '../options.ts'
import type {Search, Upstream} from '../proxy/upstream.ts'
import type {World} from '../world.ts'
import type {Calm} from './calm.ts'

const completed = outcomeOf('completed')
const done = causeOf('done')

/** How far a request has come. */
export type Stage = 'asking' | 'serving' | 'late' | 'answered'

/**
 * The requests of one workload while all is calm on their way: nothing happens to them that was not clear when they came,
 * so they need no events. Their lives are worked out one after the other when somebody wants to know what became of them,
 * which is before every turn; whoever is under way at that instant is put in the place where it stands, and goes on event
 * by event.
 */
export abstract class Crowd {
  /** Requests whose whole life was worked out so. */
  size = 0
  protected readonly world: World
  protected readonly connections: Connections
  protected readonly path: readonly Fleet[]
  protected readonly entry: Fleet
  protected isCalm = false
  private readonly client: RequestClient<RequestWorkload>
  private readonly calm: Calm
  private readonly next: Fleet | undefined
  private readonly search: {-readonly [K in keyof Search]: Search[K]} = {
    hash: 0,
    user: 0,
    since: 0,
    version: undefined,
    wanted: 'takes',
    tried: 0,
    silent: -1,
  }
  /**
   * Of the request that is being followed: when the process that was asked has read it, when it comes to the tier that
   * answers, who does, when, and when it is home.
   */
  protected ready: Time = 0
  protected reach: Time = 0
  protected server!: Process
  protected served: Time = 0
  protected arrives: Time = 0

  constructor(world: World, client: RequestClient<RequestWorkload>, calm: Calm) {
    this.world = world
    this.client = client
    this.connections = world.connections
    this.path = client.path
    this.entry = client.entry
    this.next = client.path[1]
    this.calm = calm
  }

  /** Works out the life of the next visit, or of its beginning as far as `now`. */
  protected abstract follow(at: Time, work: Duration, who: number): void

  /** Looks whether all is calm, after a turn or where `until` is the next time that somebody looks. */
  look(until: Time): void {
    if (!this.holds) return this.upset()
    if (!this.isCalm) this.client.awaitNobody()
    this.isCalm = true
    this.plan(until)
  }

  /** It is calm no more. */
  upset(): void {
    if (this.isCalm) this.client.awaitNext()
    this.isCalm = false
  }

  protected get holds(): boolean {
    return this.calm.holds
  }

  /** Those who come until then are about to be followed. */
  protected plan(_until: Time): void {}

  /** Follows all who have come. */
  settle(): void {
    if (!this.isCalm) return
    const {now} = this.world.sim
    while (this.client.visits.at() < now) this.followNext()
  }

  protected followNext(): void {
    const {visits} = this.client
    const at = visits.at()
    const work = visits.work()
    const who = visits.who()
    visits.shift()
    this.client.requested()
    this.follow(at, work, who)
  }

  /** Who asks, and when: by that a proxy chooses who answers. */
  protected comes(at: Time, address: number, hash: number): void {
    this.search.since = at
    this.search.user = mix32(address)
    this.search.hash = hash
  }

  /** From the instant at which the process that was asked has read the request. */
  protected ask(proxy: Process, ready: Time, work: Duration): Stage {
    const {now} = this.world.sim
    this.ready = ready
    this.reach = ready + this.client.wayOn(0)
    if (this.reach >= now) return 'asking'
    const upstream = this.next && proxy.host.upstreamTo(this.next.tier)
    const parse = upstream === undefined ? 0 : this.choose(proxy, upstream)
    if (upstream === undefined) this.server = proxy
    const {cpu} = this.server.host
    const cost = Math.round((work + parse) * this.server.warmUp.slowdown(this.reach))
    cpu.spend(this.reach, cost)
    this.served = this.reach + cost
    if (this.served >= now) return 'serving'
    upstream?.done(proxy, this.server)
    this.arrives = this.served + this.client.wayBack(this.path.length - 1)
    return 'answered'
  }

  /** Finds who answers behind a proxy; gives the core time that it takes to read the request. */
  private choose(proxy: Process, upstream: Upstream): Duration {
    this.search.tried = 0
    const hop = upstream.choose(proxy, this.search)
    if (typeof hop !== 'object' || !('server' in hop)) throw new Error(`nobody in ${upstream.to} takes a request`)
    this.server = hop.server
    const {handshake, request} = hop.server.host.options.cpu
    if (hop.fresh) hop.server.host.cpu.spend(this.reach, handshake)
    return request
  }

  /** Tells those who watch of a request that is answered. */
  protected tell(row: number, at: Time, process: Process): void {
    const {observer} = this.world
    const workload = this.client.index
    this.size++
    observer.started(at, workload, row)
    observer.ended(this.served, workload, row, process.actor, completed, done, this.arrives - at)
  }

  /** A request that is under way has a row of its own from now on. */
  protected begin(row: number, at: Time, work: Duration): void {
    const c = this.connections
    c.startedAt[row] = at
    c.tries[row] = 0
    c.work[row] = work
    c.answerBy[row] = at + this.client.options.requestTimeout
    this.world.observer.started(at, this.client.index, row)
  }

  /** It goes on from where it is, event by event. */
  protected goOn(row: number, proxy: Process, stage: Stage): void {
    const c = this.connections
    const {exchange, sim} = this.world
    if (stage === 'asking') {
      if (this.ready > sim.now) proxy.host.cpu.seize(sim.now, this.ready)
      return exchange.reachAt(row, this.reach)
    }
    c.state[row] = State.asking
    if (stage === 'late') return exchange.waitInVain(row)
    if (this.next !== undefined) {
      c.streams.push(row, this.server)
      this.server.host.took(1)
    }
    c.state[row] = State.serving
    this.server.host.jobs++
    this.server.host.cpu.seize(sim.now, this.served)
    exchange.step(row, this.served, exchange.served)
  }

  /** Whether the client is still there when its answer is. */
  protected isInTime(at: Time): boolean {
    return this.arrives <= at + this.client.options.requestTimeout
  }
}
