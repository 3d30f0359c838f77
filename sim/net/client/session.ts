import type {Random} from '../../engine/random.ts'
import type {Kind} from '../../engine/simulator.ts'
import {type Duration, seconds, type Time} from '../../engine/time.ts'
import {State} from '../connections.ts'
import type {Cause, Outcome} from '../events.ts'
import {mix32} from '../murmur3.ts'
import type {BackoffOptions, SessionWorkload} from '../options.ts'
import type {World} from '../world.ts'
import {Client} from './client.ts'
import {PoissonArrivals} from './rate.ts'

/**
 * Users who keep one connection open for as long as they stay, and open a new one whenever it breaks. What is counted
 * is the connection: each attempt is one, and a user who stays through three of them ends three.
 */
export abstract class SessionClient<Options extends SessionWorkload> extends Client<Options> {
  private readonly lives: Random
  private readonly arrivals: PoissonArrivals
  protected readonly leave: Kind
  private reconnect: BackoffOptions

  constructor(world: World, name: string, index: number, options: Options) {
    super(world, name, index, options)
    this.reconnect = options.reconnect
    this.lives = world.sim.random(`lifetime/${name}`)
    this.leave = world.sim.kind(`leave/${name}`, row => this.left(row), 'routine')
    // As many come as go, by Little's law.
    const perSecond = (options.connections / options.lifetime.mean) * seconds(1)
    this.arrivals = new PoissonArrivals({kind: 'constant', perSecond}, world.sim.random(`arrivals/${name}`))
  }

  /** The client of `row` has its connection, `took` after it asked for it. */
  protected abstract stay(row: number, took: Duration): void
  /** It opens one. */
  protected abstract connect(row: number): void

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

  protected attempt(row: number, tries: number): void {
    const c = this.connections
    const {now} = this.world.sim
    this.begin(row, now)
    c.tries[row] = tries
    c.answerBy[row] = now + this.options.connectTimeout
    this.connect(row)
  }

  connected(_row: number): void {}

  /** The user goes. */
  protected left(row: number): void {
    this.end(row, 'completed', 'done', this.world.sim.now - this.connections.startedAt[row]!)
    this.world.exchange.detach(row, 'done')
    this.gone(row)
  }

  /** The user is no more, and the row is free for another. */
  protected gone(row: number): void {
    this.connections.free(row)
  }

  answered(_row: number): void {}

  failed(row: number, outcome: Outcome, cause: Cause, notice: Duration): void {
    const c = this.connections
    const {sim} = this.world
    this.end(row, outcome, cause, sim.now + notice - c.startedAt[row]!)
    const next = sim.now + notice + this.nextWait(row, this.reconnect)
    if (next >= c.span[row]!) return this.gone(row)
    c.state[row] = State.waiting
    c.timer[row] = sim.at(next, this.world.tryAgain, row)
  }

  /** From now on whoever loses a connection waits otherwise, in what is given; who waits already goes on waiting. */
  reconnectBy(change: Partial<BackoffOptions>): void {
    this.reconnect = {...this.reconnect, ...change}
  }

  retry(row: number): void {
    this.world.observer.reconnects(this.world.sim.now, this.index, row)
    this.attempt(row, this.connections.tries[row]!)
  }

  /** The last of what a client does every `interval`, each at a phase of its own. */
  protected lastOf(row: number, interval: Duration): Time {
    const {now} = this.world.sim
    return now - ((now + (mix32(this.connections.address[row]!) % interval)) % interval)
  }

  lateCause(_row: number): Cause {
    return 'connect-timeout'
  }
}
