import type {Random} from '../../engine/random.ts'
import {Condition, type Script, sleep, until} from '../../engine/script.ts'
import {type Duration, seconds, type Time} from '../../engine/time.ts'
import type {World} from '../world.ts'
import type {StoreNode} from './node.ts'
import type {StoreOptions} from './options.ts'

/** How often a replica tells how far it has come, and tries to reach a primary that it has lost (replicationCron). */
const period = seconds(1)

/**
 * What makes a replica of a node: the stream of the primary's writes, and how it begins (Redis, replication.c).
 *
 *     apart ──► PSYNC ─┬─ the backlog has what is missing ────────────────────► streaming
 *       ▲              └─ fork ── snapshot over the wire ── load ── buffered ──►    │
 *       └──────── a second ◄── too much waits for it ◄──┘                           │
 *       └────────────────────────── one of the two cannot be reached ◄──────────────┘
 */
export class Replication {
  readonly replica: StoreNode
  readonly primary: StoreNode
  readonly streaming = new Condition()
  /** It streams, or is over. */
  readonly settled = new Condition()
  /** Writes of the primary's history that have come here, or are in a snapshot on its way. */
  position = 0
  private readonly connected = new Condition()
  private readonly broken = new Condition()
  private readonly world: World
  private readonly options: StoreOptions
  private readonly lags: Random
  private ended = false
  /** Since when the stream runs; what was executed before comes no sooner. */
  private since: Time = 0
  private lostAt: Time = 0
  /** When the next write of the stream is here; undefined until somebody asks. */
  private due: Time | undefined

  constructor(world: World, replica: StoreNode, primary: StoreNode, options: StoreOptions) {
    this.world = world
    this.replica = replica
    this.primary = primary
    this.options = options
    this.lags = world.sim.random(`lag/${replica.host.name}`)
    for (const other of primary.followers) if (other.replica === replica) primary.followers.delete(other)
    primary.followers.add(this)
    this.look()
  }

  /** As if it had been there for long: the replica has all that the primary has. */
  startInSync(): void {
    this.position = this.primary.data.length
    this.streams(true)
    this.world.sim.start(this.run(true))
  }

  start(): void {
    this.world.sim.start(this.run(false))
  }

  private get isPossible(): boolean {
    return this.replica.reachable && this.primary.reachable
  }

  /** One of the two may have become reachable, or ceased to be. */
  look(): void {
    const connected = !this.ended && this.isPossible
    // At once, for what the primary had is perhaps gone by the time at which a script goes on.
    if (!connected) this.close()
    this.connected.set(connected)
    this.broken.set(!connected)
  }

  /** REPLICAOF another, or no one. A primary that cannot hear of it goes on counting from when it heard last. */
  end(): void {
    this.ended = true
    this.settled.set(true)
    if (this.isPossible) this.primary.followers.delete(this)
    this.look()
  }

  private *run(streams: boolean): Script {
    if (streams) yield* this.stream()
    while (!this.ended) {
      yield* until(this.connected)
      if (yield* this.resync()) yield* this.stream()
      else yield* sleep(period)
    }
  }

  private *stream(): Script {
    this.since = this.world.sim.now
    this.due = undefined
    this.streams(this.connected.holds)
    yield* until(this.broken)
  }

  private streams(on: boolean): void {
    this.streaming.set(on)
    this.settled.set(on || this.ended)
  }

  private close(): void {
    if (!this.streaming.holds) return
    this.apply()
    this.streams(false)
    this.lostAt = this.world.sim.now
  }

  /** PSYNC. False if it came to nothing. */
  private *resync(): Script<boolean> {
    const {primary, replica} = this
    primary.refresh()
    const missing = primary.data.length - replica.data.length
    if (!replica.data.continues(primary.data) || missing * this.options.command > this.options.backlog)
      return yield* this.copyAll()
    this.position = replica.data.length
    this.tell('partial')
    return true
  }

  private *copyAll(): Script<boolean> {
    const {primary, replica, options} = this
    this.tell('full')
    yield* primary.fork(this)
    const {length} = primary.data
    this.position = length
    const sent = !(yield* until(this.broken, {within: timeFor(options.dataset, options.bandwidth)}))
    primary.childEnds(this)
    replica.load(sent)
    const done = sent && !(yield* until(this.broken, {within: timeFor(options.dataset, options.disk)}))
    if (done) replica.data.copy(primary.data, length)
    replica.load(false)
    this.tell(done ? 'synced' : 'broken')
    this.look()
    return done
  }

  /** Bytes that the primary keeps for it until it can take them. */
  get waiting(): number {
    return this.streaming.holds || this.ended
      ? 0
      : Math.max(0, this.primary.data.length - this.position) * this.options.command
  }

  /** The primary has executed one more write: where too much waits for a replica, its connection is closed. */
  grew(): void {
    if (this.isLoading && this.waiting > this.options.outputBuffer) this.broken.set(true)
  }

  private get isLoading(): boolean {
    return this.primary.children.has(this) || this.replica.loading
  }

  /** Has the replica execute what has come by now. */
  apply(): void {
    if (!this.streaming.holds) return
    const {now} = this.world.sim
    this.primary.refresh()
    while (this.nextDue() <= now) {
      this.since = this.due!
      this.replica.data.apply(this.primary.data.history[this.position++]!, this.due!)
      this.due = undefined
    }
  }

  /** When the next write that the primary has executed is here; Infinity if all are. */
  private nextDue(): Time {
    const {history, times} = this.primary.data
    if (this.position >= history.length) return Infinity
    // In order, as over one connection.
    this.due ??= Math.max(this.since, times[this.position]! + this.options.lag.sample(this.lags))
    return this.due
  }

  /** Waits until the replica has all that the primary has; false if that takes longer. */
  *caughtUp(within: Duration): Script<boolean> {
    const {sim} = this.world
    const by = sim.now + within
    for (;;) {
      if (!(yield* until(this.streaming, {within: by - sim.now}))) return false
      this.apply()
      if (this.position === this.primary.data.length) return true
      const next = this.nextDue()
      yield* sleep(Math.min(next, by) - sim.now)
      if (next > by) return false
    }
  }

  /** When the primary last heard of it. */
  heardAt(now: Time): Time {
    return this.streaming.holds ? now : Math.floor(this.lostAt / period) * period
  }

  private tell(state: 'full' | 'partial' | 'synced' | 'broken'): void {
    this.world.control({kind: 'sync', from: this.primary.host.actor, host: this.replica.host.actor, state})
  }
}

/** How long so many bytes take. */
export const timeFor = (bytes: number, perSecond: number): Duration => seconds(bytes / perSecond)
