import type {Random} from '../../engine/random.ts'
import type {Timer} from '../../engine/simulator.ts'
import type {Duration, Time} from '../../engine/time.ts'
import type {Connections} from '../connections.ts'
import {type Cause, type Closing, causeOf, type Outcome, outcomeOf} from '../events.ts'
import type {Fleet} from '../host/fleet.ts'
import {agedAt} from '../host/max-age.ts'
import type {Process} from '../host/process.ts'
import {Link} from '../link.ts'
import type {BackoffOptions, WorkloadOptions} from '../options.ts'
import type {World} from '../world.ts'
import {backoff} from './backoff.ts'
import {rateAt} from './rate.ts'

/** The clients of one workload: when they come, what they ask for, and what they do when they do not get it. */
export abstract class Client<Options extends WorkloadOptions = WorkloadOptions> {
  readonly index: number
  readonly options: Options
  /** The tier that answers, and the one whose balancer the connection comes through. */
  readonly target: Fleet
  readonly entry: Fleet
  /** The tiers that requests pass, from the entry to the target. */
  readonly path: readonly Fleet[]
  /** From each tier of the path to the next. */
  readonly ways: readonly Link[]
  /** Place in the path of the first proxy that keeps bodies until they are whole; Infinity. */
  private readonly keeper: number
  readonly link: Link
  /** Clients of one workload have addresses in a row, and no address serves two. */
  protected readonly firstAddress: number
  private population = 0
  protected readonly world: World
  protected readonly connections: Connections
  private readonly waits: Random

  constructor(world: World, name: string, index: number, options: Options) {
    this.world = world
    this.index = index
    this.options = options
    this.connections = world.connections
    this.path = world.pathTo(options)
    this.ways = this.path.slice(1).map((next, k) => world.linkBetween(this.path[k]!, next))
    this.keeper = firstKeeper(this.path)
    this.entry = this.path[0]!
    this.target = this.path.at(-1)!
    this.link = options.link === undefined ? this.entry.link : new Link(options.link, world.sim.random(`link/${name}`))
    this.firstAddress = index * Math.floor(2 ** 32 / Math.max(32, world.workloadNames.length))
    this.waits = world.sim.random(`backoff/${name}`)
  }

  /** Clients that there ever were. */
  get users(): number {
    return this.population
  }

  /** Places those who are there at the beginning, and lets the first of the others come. */
  abstract start(): void
  /** The next of them comes. */
  abstract arrive(): void
  /** Whether they ask questions and wait for answers, or keep a connection open for its own sake. */
  abstract get asks(): boolean
  /** Whether what they ask may be asked twice. */
  abstract get repeatable(): boolean
  /** A process has accepted the connection. */
  abstract connected(row: number): void
  /** What is asked for has reached the process that has it, if that is all that it takes. */
  abstract reached(row: number): void
  abstract answered(row: number, took: Duration): void
  /** It came to nothing, as the client knows after `notice`. The row is in no list any more. */
  abstract failed(row: number, outcome: Outcome, cause: Cause, notice: Duration): void
  /** The process that had its connection was killed, and the kernel has closed the connection after `delay`. */
  severed(row: number, cause: Cause, delay: Duration): void {
    this.failed(row, 'reset', cause, delay + this.link.transit())
  }
  /** They have waited long enough before the next try. */
  abstract retry(row: number): void
  /** The client of a host without power finds out, or goes before it does. */
  waitsInVain(row: number): Timer {
    return this.world.exchange.giveUpAt(row, this.connections.answerBy[row]!)
  }
  /** What it is called when their patience ends while they have a connection. */
  abstract lateCause(row: number): Cause

  /** Whether the proxy at `depth` of the path keeps a body to itself until it is whole. */
  keepsBody(depth: number): boolean {
    return depth === this.keeper
  }

  /** Whether a proxy before `depth` did: from then on the body travels whole. */
  keptBefore(depth: number): boolean {
    return depth > this.keeper
  }

  /** Whether the proxy at `depth` of the path has all of what was asked, and may send it twice. */
  isWhole(row: number, depth: number): boolean {
    return this.repeatable && (this.bodyTime(row) === 0 || this.keptBefore(depth + 1))
  }

  /** The version that what it asks for belongs to; undefined if any will do. */
  versionFor(_row: number): number | undefined {
    return undefined
  }

  /** Whether the process that is to answer has what it asks for. */
  finds(_row: number, _server: Process): boolean {
    return true
  }

  /** The process that has the connection runs again after it hung. */
  resumed(_row: number): void {}

  /** An open connection sends a message, and waits again for what it had been waiting for unless that was its last. */
  sent(_row: number): void {}

  /** The process that has an open connection, or the one behind it, begins to drain. */
  drainBegins(_row: number): void {}

  /** When its client will be done with an open connection; Infinity if nobody can tell. */
  goesAt(_row: number): Time {
    return Number.POSITIVE_INFINITY
  }

  /** Whether another process may take the place of a proxy in its way without the client's noticing. */
  get movable(): boolean {
    return false
  }

  /** Its open connection is over; what it was passed on to still has it. */
  parts(_row: number, _how: Closing): void {}

  /** The run is over. */
  conclude(): void {}

  /** When it last sent something; a request or an upload that is under way sends all the time. */
  lastPacket(_row: number): Time {
    return this.world.sim.now
  }

  /** When it will next send something; Infinity if nobody can tell. */
  nextPacket(_row: number): Time {
    return this.world.sim.now
  }

  /** When the server finds its connection too old; Infinity if never. */
  protected agedAt(row: number): Time {
    const {hash, synAt} = this.connections
    return agedAt(this.entry.options.maxAge, hash[row]!, synAt[row]!)
  }

  /** How long the body takes to arrive. */
  bodyTime(_row: number): Duration {
    return 0
  }

  /** From the tier at `depth` of the path to the next, if there is one. */
  wayOn(depth: number): Duration {
    return this.ways[depth]?.transit() ?? 0
  }

  /** From the tier at `depth` of the path to the one that answers. */
  wayFrom(depth: number): Duration {
    let way = 0
    for (let at = depth + 1; at < this.path.length; at++) way += this.path[at]!.link.transit()
    return way
  }

  /** From the tier at `depth` of the path back to the client. */
  wayBack(depth: number): Duration {
    let way = 0
    for (let at = depth; at > 0; at--) way += this.ways[at - 1]!.transit()
    return way + this.link.transit()
  }

  /** The address of one more client. */
  newAddress(): number {
    return this.firstAddress + this.population++
  }

  protected newcomer(): number {
    return this.connections.add(this.index, this.newAddress())
  }

  protected begin(row: number, startedAt: Time): void {
    this.connections.startedAt[row] = startedAt
    this.connections.tries[row] = 0
    this.world.observer.started(this.world.sim.now, this.index, row)
  }

  protected end(row: number, outcome: Outcome, cause: Cause, took: Duration): void {
    const process = this.connections.acceptedBy[row]!
    const actor = process === -1 ? -1 : this.world.processes[process]!.actor
    this.world.observer.ended(this.world.sim.now, this.index, row, actor, outcomeOf(outcome), causeOf(cause), took)
  }

  protected opened(row: number, took: Duration): void {
    const c = this.connections
    c.opened[row] = 1
    this.world.observer.opened(this.world.sim.now, this.index, row, this.world.processes[c.process[row]!]!.actor, took)
  }

  /** How long a client waits before its next try; counts the try. */
  protected nextWait(row: number, options: BackoffOptions): Duration {
    const c = this.connections
    const tries = c.tries[row]!
    const wait = backoff(options, tries, tries === 0 ? 0 : c.since[row]!, this.waits)
    c.since[row] = wait
    if (tries < 255) c.tries[row] = tries + 1
    return wait
  }

  /** Requests per second that come at the start. */
  protected rateAtStart(): number {
    return 'rate' in this.options ? rateAt(this.options.rate, 0) : 0
  }
}

function firstKeeper(path: readonly Fleet[]): number {
  const keeps = path.map((fleet, k) => fleet.options.upstream?.find(({to}) => to === path[k + 1]?.tier)?.bufferUploads)
  const keeper = keeps.indexOf(true)
  return keeper === -1 ? Number.POSITIVE_INFINITY : keeper
}
