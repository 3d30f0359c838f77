import type {Random} from '../engine/random.ts'
import type {Kind} from '../engine/simulator.ts'
import {noTimer, type Timer} from '../engine/simulator.ts'
import {type Duration, seconds, type Time} from '../engine/time.ts'
import {Client} from './client.ts'
import {State} from './connections.ts'
import type {Drain} from './drain.ts'
import type {Cause, Outcome} from './events.ts'
import {mix32} from './murmur3.ts'
import type {WebSocketWorkload} from './options.ts'
import {PoissonArrivals} from './rate.ts'
import type {World} from './world.ts'

/**
 * Users who keep one connection open for as long as they stay, and open a new one whenever it breaks. What is counted
 * is the connection: each attempt is one, and a user who stays through three of them ends three.
 */
export class WebSocketClient extends Client<WebSocketWorkload> {
  private readonly lives: Random
  private readonly arrivals: PoissonArrivals
  private readonly leave: Kind
  private readonly message: Kind

  constructor(world: World, name: string, index: number, options: WebSocketWorkload) {
    super(world, name, index, options)
    this.lives = world.sim.random(`lifetime/${name}`)
    this.leave = world.sim.kind(`leave/${name}`, row => this.left(row))
    this.message = world.sim.kind(`message/${name}`, row => this.sent(row))
    // As many come as go, by Little's law.
    const perSecond = (options.connections / options.lifetime.mean) * seconds(1)
    this.arrivals = new PoissonArrivals({kind: 'constant', perSecond}, world.sim.random(`arrivals/${name}`))
  }

  get asks(): boolean {
    return false
  }
  get repeatable(): boolean {
    return true
  }

  start(): void {
    for (let k = 0; k < this.options.connections; k++) {
      const row = this.newcomer()
      this.connections.span[row] = this.options.lifetime.residual(this.lives)
      this.begin(row, 0)
      if (this.world.place(row)) this.stay(row, 0)
    }
    this.awaitNext()
  }

  private awaitNext(): void {
    const next = this.arrivals.next(this.world.options.end)
    if (next !== Number.POSITIVE_INFINITY) this.world.sim.at(next, this.world.arrival, this.index)
  }

  arrive(): void {
    this.awaitNext()
    const row = this.newcomer()
    this.connections.span[row] = this.world.sim.now + this.options.lifetime.sample(this.lives)
    this.attempt(row, 0)
  }

  private attempt(row: number, tries: number): void {
    const c = this.connections
    const {now} = this.world.sim
    this.begin(row, now)
    c.tries[row] = tries
    c.answerBy[row] = now + this.options.connectTimeout
    this.world.handshake.connect(row)
  }

  connected(_row: number): void {}

  /** The upgrade has gone through. */
  reached(row: number): void {
    this.stay(row, this.world.sim.now - this.connections.startedAt[row]!)
  }

  private stay(row: number, took: Duration): void {
    const c = this.connections
    c.state[row] = State.open
    c.tries[row] = 0
    c.answerBy[row] = Number.POSITIVE_INFINITY
    this.staysOn(row)
    this.opened(row, took)
  }

  /** Its messages take no event unless one of them may be the last, which only a process that drains decides. */
  private staysOn(row: number): void {
    const c = this.connections
    const {sim} = this.world
    const leavesAt = Math.max(c.span[row]!, sim.now)
    const closing = this.drainsOf(row).some(drain => drain.countsMessages)
    const sends = closing ? this.nextPacket(row) : Number.POSITIVE_INFINITY
    if (sends < leavesAt) c.timer[row] = sim.at(sends, this.message, row)
    else c.timer[row] = leavesAt < Number.POSITIVE_INFINITY ? sim.at(leavesAt, this.leave, row) : noTimer
  }

  /** A draining process that counts messages as responses may close the tunnel after this one. */
  override sent(row: number): void {
    const {now} = this.world.sim
    if (this.drainsOf(row).some(drain => drain.endsWithMessage(now))) this.world.severance.closeTunnel(row)
    else this.staysOn(row)
  }

  /** A process that drains looks after it from now on. */
  override drainBegins(row: number): void {
    if (this.connections.state[row] !== State.open) return
    this.world.sim.cancel(this.connections.timer[row]!)
    this.staysOn(row)
  }

  /** Of the processes that the tunnel goes through, as far as they drain. */
  private drainsOf(row: number): readonly Drain[] {
    return this.world.relay.holders(row).flatMap(({farewell}) => farewell ?? [])
  }

  private left(row: number): void {
    this.end(row, 'completed', 'done', this.world.sim.now - this.connections.startedAt[row]!)
    this.world.exchange.detach(row, 'done')
    this.connections.free(row)
  }

  answered(_row: number): void {}

  failed(row: number, outcome: Outcome, cause: Cause, notice: Duration): void {
    const c = this.connections
    const {sim} = this.world
    this.end(row, outcome, cause, sim.now + notice - c.startedAt[row]!)
    const next = sim.now + notice + this.nextWait(row, this.options.reconnect)
    if (next >= c.span[row]!) return c.free(row)
    c.state[row] = State.waiting
    c.timer[row] = sim.at(next, this.world.tryAgain, row)
  }

  retry(row: number): void {
    this.world.observer.reconnects(this.world.sim.now, this.index, row)
    this.attempt(row, this.connections.tries[row]!)
  }

  /** With its next message and the time-out of that, if the user stays for so long. */
  override waitsInVain(row: number): Timer {
    const c = this.connections
    const {sim, exchange} = this.world
    if (c.answerBy[row]! < Number.POSITIVE_INFINITY) return exchange.giveUpAt(row, c.answerBy[row]!)
    const notices = this.nextPacket(row) + this.options.connectTimeout
    if (notices <= c.span[row]!) return exchange.giveUpAt(row, notices)
    return sim.at(Math.max(c.span[row]!, sim.now), this.leave, row)
  }

  /** The last message, or the upgrade if that was later. */
  override lastPacket(row: number): Time {
    return Math.max(this.connections.startedAt[row]!, this.lastMessage(row))
  }

  override nextPacket(row: number): Time {
    const {message} = this.options
    return message === Number.POSITIVE_INFINITY ? message : this.lastMessage(row) + message
  }

  /** Messages go out every interval, those of each client at a phase of its own. */
  private lastMessage(row: number): Time {
    const {message} = this.options
    const {now} = this.world.sim
    return now - ((now + (mix32(this.connections.address[row]!) % message)) % message)
  }

  lateCause(_row: number): Cause {
    return 'connect-timeout'
  }
}
