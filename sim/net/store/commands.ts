import type {Random} from '../../engine/random.ts'
import type {Kind} from '../../engine/simulator.ts'
import type {Duration} from '../../engine/time.ts'
import {Client} from '../client/client.ts'
import {PoissonArrivals} from '../client/rate.ts'
import {State} from '../connections.ts'
import type {Cause, Outcome} from '../events.ts'
import type {CommandsWorkload} from '../options.ts'
import type {World} from '../world.ts'
import {AppHost} from './app-host.ts'
import type {Command} from './command.ts'
import type {StoreNode} from './node.ts'
import type {Store} from './store.ts'
import {Stream} from './stream.ts'

/**
 * The application hosts that ask a store.
 *
 *     asked ──► at the endpoint ─┬─ answered ──► done, or to the mirror first
 *       ▲                        ├─ READONLY, refused, reset ──► looked up anew ──wait──┐
 *       │                        └─ silence ──► the client gives up                     │
 *       └───────────────────────────────────────────────────────────────────────────────┘
 */
export class CommandClient extends Client<CommandsWorkload> {
  readonly store: Store
  private readonly apps: AppHost[]
  private readonly writes: Stream
  private readonly reads: Stream
  private readonly asked: (Ask | undefined)[] = []
  private readonly reach: Kind
  private readonly mirrored: Kind
  private readonly late: Kind
  private commands = 0
  private retries = 0

  constructor(world: World, name: string, index: number, options: CommandsWorkload) {
    super(world, name, index, options)
    const {sim} = world
    this.store = this.entry.store!
    const phases = sim.random(`phase/${name}`)
    this.apps = Array.from({length: options.hosts}, () => this.newApp(phases))
    this.store.applications.push(...this.apps)
    const stream = (what: 'writes' | 'reads') => {
      const random = sim.random(`${what}/${name}`)
      return new Stream(new PoissonArrivals(options[what], sim.random(`arrivals/${name}/${what}`)), random, world)
    }
    this.writes = stream('writes')
    this.reads = stream('reads')
    this.reach = sim.kind(`reach/${name}`, row => this.asked[row]!.reaches(), 'routine')
    this.mirrored = sim.kind(`mirror/${name}`, row => this.asked[row]!.isMirrored(), 'routine')
    this.late = sim.kind(`late/${name}`, row => this.asked[row]!.isLate(), 'routine')
  }

  private newApp(phases: Random): AppHost {
    const {ttl, blocking} = this.options
    this.newAddress()
    return new AppHost(this.store, {ttl, blocking}, phases)
  }

  get asks(): boolean {
    return true
  }
  get repeatable(): boolean {
    return this.options.idempotent
  }

  start(): void {
    this.awaitNext()
  }

  private awaitNext(): void {
    const {sim, arrival} = this.world
    const next = Math.min(this.writes.at, this.reads.at)
    if (next < Infinity) sim.at(next, arrival, this.index)
  }

  arrive(): void {
    const writes = this.writes.at <= this.reads.at
    const {app, key} = (writes ? this.writes : this.reads).take(this.options)
    const row = this.connections.add(this.index, this.firstAddress + app)
    this.begin(row, this.world.sim.now)
    const ask = new Ask(this, row, {app: this.apps[app]!, writes, key, number: ++this.commands})
    this.asked[row] = ask
    this.send(ask)
    this.awaitNext()
  }

  /** Over the wire to the endpoint of its host. */
  send(ask: Ask): void {
    const {sim} = this.world
    if (ask.app.isAstray) ask.app.reconnect(sim.now)
    ask.node = ask.app.endpoint
    const c = this.connections
    c.state[ask.row] = State.asking
    c.acceptedBy[ask.row] = ask.node.host.current.id
    const {requestTimeout, connectTimeout} = this.options
    c.answerBy[ask.row] = sim.now + (ask.app.isNew ? connectTimeout : requestTimeout)
    this.schedule(ask, this.reach, this.link.transit())
  }

  /** What is next, or the end of its patience. */
  schedule({row}: Ask, kind: Kind, delay: Duration): void {
    const c = this.connections
    const {sim} = this.world
    const at = sim.now + delay
    const isInTime = at < c.answerBy[row]!
    c.timer[row] = isInTime ? sim.at(at, kind, row) : sim.at(c.answerBy[row]!, this.late, row)
  }

  /** It waits at its node, for as long as its client has patience. */
  waitsAt(ask: Ask): void {
    this.schedule(ask, this.late, Infinity)
  }

  /** The event that it waits for does not happen. */
  cancel({row}: Ask): void {
    this.world.sim.cancel(this.connections.timer[row]!)
  }

  override retry(row: number): void {
    this.sendAgain(this.asked[row]!)
  }

  /** Another try of the same, which its node knows as another. */
  sendAgain(ask: Ask): void {
    this.cancel(ask)
    const next = ask.next()
    this.asked[ask.row] = next
    this.send(next)
  }

  mirror(ask: Ask): void {
    this.schedule(ask, this.mirrored, this.link.transit() + this.link.transit())
  }

  /** Its answer is on its way. */
  done(ask: Ask): void {
    const took = this.world.sim.now + this.link.transit() - this.connections.startedAt[ask.row]!
    ask.app.isNew = false
    if (ask.writes && ask.wasHeld) this.store.tally.delays.push(took)
    this.finish(ask, 'completed', 'done', took)
  }

  /** It came to nothing; perhaps its client tries again. */
  unanswered(ask: Ask, outcome: Outcome, cause: Cause): void {
    if (cause === 'read-only') this.store.tally.readOnly++
    if (cause === 'no-replicas') this.store.tally.noReplicas++
    if (cause !== 'no-replicas') ask.app.isAstray = true
    const notice = outcome === 'timed-out' ? 0 : this.link.transit()
    if (this.triesAgain(ask, outcome, notice)) return
    this.finish(ask, outcome, cause, this.world.sim.now + notice - this.connections.startedAt[ask.row]!)
  }

  /** What was certainly not executed may always be tried again, the rest only if it may be executed twice. */
  private triesAgain(ask: Ask, outcome: Outcome, notice: Duration): boolean {
    const c = this.connections
    const {attempts, budget} = this.options.retry
    const isCertain = outcome === 'refused' || outcome === 'failed'
    if (c.tries[ask.row]! >= attempts || this.retries >= budget * this.commands) return false
    if (!isCertain && ask.writes && !this.repeatable) return false
    this.retries++
    ask.wasHeld = true
    c.state[ask.row] = State.waiting
    c.answerBy[ask.row] = Infinity
    c.timer[ask.row] = this.world.sim.in(
      notice + this.nextWait(ask.row, this.options.retry),
      this.world.tryAgain,
      ask.row,
    )
    return true
  }

  private finish(ask: Ask, outcome: Outcome, cause: Cause, took: Duration): void {
    this.cancel(ask)
    this.asked[ask.row] = undefined
    this.end(ask.row, outcome, cause, took)
    this.connections.free(ask.row)
  }

  /** Whether this is still what its row waits for. */
  isCurrent(ask: Ask): boolean {
    return this.asked[ask.row] === ask
  }

  connected(): void {}
  reached(): void {}
  answered(): void {}
  failed(): void {}
  lateCause(): Cause {
    return 'request-timeout'
  }
}

/** One try of one command. */
class Ask implements Command {
  readonly app: AppHost
  readonly writes: boolean
  readonly key: number
  readonly number: number
  readonly row: number
  node!: StoreNode
  /** Its answer came later than it would have without trouble. */
  wasHeld = false
  private readonly client: CommandClient
  /** Of the write that was executed. */
  private serial = 0

  constructor(client: CommandClient, row: number, what: Pick<Command, 'app' | 'writes' | 'key' | 'number'>) {
    this.client = client
    this.row = row
    this.app = what.app
    this.writes = what.writes
    this.key = what.key
    this.number = what.number
  }

  next(): Ask {
    const next = new Ask(this.client, this.row, this)
    next.wasHeld = true
    return next
  }

  reaches(): void {
    this.client.waitsAt(this)
    this.node.receive(this)
  }

  /** Unless its host has gone elsewhere while it was on the wire: there it asks again. */
  waits(): void {
    this.wasHeld = true
    if (this.app.endpoint === this.node) return
    this.node.forget(this)
    this.asksAgain()
  }

  executed(serial: number): void {
    if (!this.client.isCurrent(this)) return
    this.serial = serial
    if (this.app.mirror === undefined || this.app.mirror === this.node) return this.acknowledge()
    this.client.cancel(this)
    this.client.mirror(this)
  }

  /** It has come to the second node, which executes it if it can. */
  isMirrored(): void {
    const {mirror} = this.app
    if (mirror?.answers === true) mirror.execute(this.serial)
    this.acknowledge()
  }

  private acknowledge(): void {
    this.client.store.writes.acknowledge(this.serial)
    this.client.done(this)
  }

  answered(isStale: boolean): void {
    if (!this.client.isCurrent(this)) return
    if (isStale) this.client.store.tally.staleReads++
    this.client.done(this)
  }

  fails(outcome: Outcome, cause: Cause): void {
    if (!this.client.isCurrent(this)) return
    this.client.cancel(this)
    this.client.unanswered(this, outcome, cause)
  }

  asksAgain(): void {
    if (this.client.isCurrent(this)) this.client.sendAgain(this)
  }

  isLate(): void {
    this.node.forget(this)
    this.client.unanswered(this, 'timed-out', this.node.host.powered ? 'request-timeout' : 'dead-host')
  }
}
