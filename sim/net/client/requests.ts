import type {Random} from '../../engine/random.ts'
import {noTimer, type Timer} from '../../engine/simulator.ts'
import {type Duration, seconds, type Time} from '../../engine/time.ts'
import {State} from '../connections.ts'
import type {Cause, Outcome} from '../events.ts'
import type {HttpWorkload, RequestWorkload, UploadWorkload} from '../options.ts'
import type {World} from '../world.ts'
import {Client} from './client.ts'
import {PoissonArrivals} from './rate.ts'
import {Visits} from './visits.ts'

/** Clients who come as a Poisson process, each to ask one thing. What they ask hangs on nothing but the seed. */
export abstract class RequestClient<Options extends RequestWorkload> extends Client<Options> {
  readonly visits: Visits
  private readonly service: Random
  private readonly patience: Random
  /** The next one's coming, where that is an event. */
  private coming: Timer = noTimer
  private requests = 0
  private retries = 0

  constructor(world: World, name: string, index: number, options: Options) {
    super(world, name, index, options)
    const drawn = {work: () => options.service.sample(this.service), who: () => this.choose()}
    const arrivals = new PoissonArrivals(options.rate, world.sim.random(`arrivals/${name}`))
    this.visits = new Visits(arrivals, drawn, world.options.end)
    this.service = world.sim.random(`service/${name}`)
    this.patience = world.sim.random(`patience/${name}`)
  }

  get asks(): boolean {
    return true
  }
  get repeatable(): boolean {
    return this.options.idempotent
  }

  start(): void {
    if (!this.world.crowds.take(this)) this.awaitNext()
  }

  /** From now on whoever comes next comes by an event of its own. */
  awaitNext(): void {
    const {sim} = this.world
    const next = this.visits.at()
    if (next !== Number.POSITIVE_INFINITY) this.coming = sim.at(Math.max(next, sim.now), this.world.arrival, this.index)
  }

  /** Others look after those who come. */
  awaitNobody(): void {
    this.world.sim.cancel(this.coming)
  }

  arrive(): void {
    const work = this.visits.work()
    const who = this.visits.who()
    this.visits.shift()
    this.awaitNext()
    this.ask(work, who)
  }

  /** Which of the clients comes, where they stay. */
  protected choose(): number {
    return 0
  }
  protected abstract ask(work: Duration, who: number): void
  /** What becomes of the row once its request has ended. */
  protected abstract finish(row: number): void

  /** The request of `row` is made now, or was made before the beginning. */
  protected request(
    row: number,
    work: Duration,
    startedAt = this.world.sim.now,
    answerBy = this.deadline(row, startedAt),
  ): void {
    const c = this.connections
    this.requested()
    this.begin(row, startedAt)
    c.work[row] = work
    c.answerBy[row] = answerBy
  }

  /** There is one more of which a share may be tried again. */
  requested(): void {
    this.requests++
  }

  /** When the client of a request that begins at `startedAt` waits no longer. */
  protected deadline(row: number, startedAt: Time): Time {
    const {requestTimeout, patience} = this.options
    const waits = patience === undefined ? Number.POSITIVE_INFINITY : patience.sample(this.patience)
    return startedAt + Math.min(waits, this.bodyTime(row) + Math.min(requestTimeout, this.entry.options.frontTimeout))
  }

  connected(_row: number): void {}

  reached(_row: number): void {}

  answered(row: number, took: Duration): void {
    this.end(row, 'completed', 'done', took)
    this.finish(row)
  }

  failed(row: number, outcome: Outcome, cause: Cause, notice: Duration): void {
    const {now} = this.world.sim
    if (!this.tryAgain(row, outcome, notice)) {
      this.end(row, outcome, cause, now + notice - this.connections.startedAt[row]!)
      this.finish(row)
    }
  }

  /** Refused requests were never seen and may always be tried again, others only if they may be repeated. */
  private tryAgain(row: number, outcome: Outcome, notice: Duration): boolean {
    const c = this.connections
    const {attempts, budget} = this.options.retry
    if (c.tries[row]! >= attempts || outcome === 'aborted' || outcome === 'timed-out') return false
    if (outcome !== 'refused' && !this.repeatable) return false
    if (this.retries >= budget * this.requests) return false
    const at = this.world.sim.now + notice + this.nextWait(row, this.options.retry)
    if (at >= c.answerBy[row]!) return false
    this.retries++
    c.state[row] = State.waiting
    c.timer[row] = this.world.sim.at(at, this.world.tryAgain, row)
    return true
  }

  retry(row: number): void {
    this.world.handshake.connect(row)
  }

  lateCause(row: number): Cause {
    const c = this.connections
    const {requestTimeout} = this.options
    const {frontTimeout} = this.entry.options
    const limit = c.startedAt[row]! + this.bodyTime(row) + Math.min(requestTimeout, frontTimeout)
    if (c.answerBy[row]! < limit) return 'gave-up'
    return frontTimeout < requestTimeout ? 'front-timeout' : 'request-timeout'
  }
}

/** Each request on a connection of its own. */
export class HttpClient extends RequestClient<HttpWorkload | UploadWorkload> {
  protected ask(work: Duration): void {
    const row = this.newcomer()
    this.request(row, work)
    this.world.handshake.connect(row)
  }

  protected finish(row: number): void {
    if (this.connections.process[row] !== -1) this.world.exchange.detach(row, 'done')
    this.connections.free(row)
  }
}

/** Requests whose body takes its time; some are half way when the run begins. */
export class UploadClient extends HttpClient {
  declare readonly options: UploadWorkload
  private readonly bodies: Random
  private readonly works: Random

  constructor(world: World, name: string, index: number, options: UploadWorkload) {
    super(world, name, index, options)
    this.bodies = world.sim.random(`body/${name}`)
    this.works = world.sim.random(`service/${name}`)
  }

  /** The body is sent from its beginning once more. */
  override retry(row: number): void {
    const c = this.connections
    this.world.posts.restart(row)
    if (this.options.patience === undefined) c.answerBy[row] = this.deadline(row, this.world.sim.now)
    super.retry(row)
  }

  override start(): void {
    const inFlight = this.bodies.poisson((this.rateAtStart() * this.options.duration.mean) / seconds(1))
    for (let k = 0; k < inFlight; k++) this.resume()
    super.start()
  }

  /**
   * In the steady state a point of time falls on a long upload more often than on a short one, and anywhere in it; but
   * who lost patience before is not there any more.
   */
  private resume(): void {
    const whole = this.options.duration.lengthBiased(this.bodies)
    const rest = Math.round(whole * this.bodies.uniform())
    const row = this.newcomer()
    this.connections.span[row] = whole
    const answerBy = this.deadline(row, rest - whole)
    if (answerBy <= 0) return this.connections.free(row)
    this.request(row, this.options.service.sample(this.works), rest - whole, answerBy)
    this.connections.span[row] = rest
    this.world.posts.open(row, whole, this.options)
    if (this.world.place(row)) this.world.exchange.ask(row, this.world.sim.now)
  }

  protected override ask(work: Duration): void {
    const row = this.newcomer()
    const duration = this.options.duration.sample(this.bodies)
    this.connections.span[row] = duration
    this.world.posts.open(row, duration, this.options)
    this.request(row, work)
    this.world.handshake.connect(row)
  }

  protected override finish(row: number): void {
    super.finish(row)
    this.world.posts.close(row)
  }

  override bodyTime(row: number): Duration {
    return this.connections.span[row]!
  }
}
