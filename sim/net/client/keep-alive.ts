import type {Random} from '../../engine/random.ts'
import type {Kind} from '../../engine/simulator.ts'
import {noTimer} from '../../engine/simulator.ts'
import {type Duration, seconds, type Time} from '../../engine/time.ts'
import {State} from '../connections.ts'
import {causes} from '../events.ts'
import type {Drain} from '../host/drain.ts'
import type {Process} from '../host/process.ts'
import type {KeepAliveWorkload} from '../options.ts'
import type {World} from '../world.ts'
import {Pages} from './pages.ts'
import {RequestClient} from './requests.ts'

/** Clients who keep their connection between requests. Requests fall on them at random, each equally often. */
export class KeepAliveClient extends RequestClient<KeepAliveWorkload> {
  readonly requestDue: Kind
  private readonly idleOver: Kind
  private readonly who: Random
  private readonly rows: number[] = []
  /** What its clients have open, if that is pages. */
  readonly pages?: Pages

  constructor(world: World, name: string, index: number, options: KeepAliveWorkload) {
    super(world, name, index, options)
    if (options.page !== undefined) this.pages = new Pages(world, name, options.connections, options.page)
    this.who = world.sim.random(`client/${name}`)
    this.requestDue = world.sim.kind(`request/${name}`, row => this.received(row), 'routine')
    this.idleOver = world.sim.kind(`idle/${name}`, row => this.closeIfIdle(row), 'routine')
  }

  /** Second connections are not second clients. */
  override get users(): number {
    return this.options.connections
  }

  override start(): void {
    const idle = this.world.sim.random('keep-alive-age')
    for (let k = 0; k < this.options.connections; k++) {
      const row = this.newcomer()
      this.rows.push(row)
      this.pages?.give(row, k)
      const age = Math.round(idle.exponentialFloat() * this.meanGap())
      this.connections.since[row] = -age
      if (age < this.entry.options.keepAlive && this.world.place(row)) this.keep(row)
    }
    super.start()
  }

  /** Between two requests of one client, on average; a day if none come, after which it makes no difference. */
  private meanGap(): number {
    return (this.options.connections / Math.max(this.rateAtStart(), this.options.connections / 86_400)) * seconds(1)
  }

  private keep(row: number): void {
    this.rest(row)
    this.opened(row, 0)
  }

  protected override choose(): number {
    return this.who.integer(this.rows.length)
  }

  /** The connection of a client, counted from 0. */
  rowOf(who: number): number {
    return this.rows[who]!
  }

  /** The next one comes, with nobody to come after it. */
  arriveApart(): void {
    const work = this.visits.work()
    const who = this.visits.who()
    this.visits.shift()
    this.ask(work, who)
  }

  protected ask(work: Duration, who: number): void {
    const own = this.rows[who]!
    const c = this.connections
    this.pages?.asks(who)
    if (c.state[own] === State.open) this.send(own, work)
    else if (c.state[own] === State.lost && c.timer[own] === noTimer) this.sendInVain(own, work)
    else if (c.state[own] === State.closed) this.sendOrConnect(own, work)
    else this.connectBeside(who, work)
  }

  /** A second connection, for this request only. */
  private connectBeside(who: number, work: Duration): void {
    const row = this.newcomer()
    this.pages?.give(row, who)
    this.connect(row, work)
  }

  override versionFor(row: number): number | undefined {
    return this.pages?.versionFor(row)
  }

  override finds(row: number, server: Process): boolean {
    return this.pages?.finds(row, server) ?? true
  }

  override retry(row: number): void {
    this.world.observer.reconnects(this.world.sim.now, this.index, row)
    super.retry(row)
  }

  private connect(row: number, work: Duration): void {
    this.request(row, work)
    if (this.connections.attempts[row]! > 0) this.world.observer.reconnects(this.world.sim.now, this.index, row)
    this.world.handshake.connect(row)
  }

  /**
   * On the connection that is there, unless the process has closed it after its idle time, as the client knows, or will
   * have closed it before the request is there, as the client cannot know.
   */
  private send(row: number, work: Duration): void {
    const c = this.connections
    const {sim, exchange} = this.world
    const way = this.link.transit()
    const aged = this.agedAt(row)
    const closes = Math.min(c.span[row]!, c.since[row]! + this.entry.options.keepAlive)
    sim.cancel(c.timer[row]!)
    if (Math.min(closes, aged) + way <= sim.now) {
      exchange.detach(row, aged < closes ? 'aged' : 'idle')
      return this.connect(row, work)
    }
    this.request(row, work)
    this.world.relay.forgetTries(row)
    if (!this.world.rerouting.finds(row)) return this.world.rerouting.misrouted(row)
    c.state[row] = State.sending
    const cause = closes === c.span[row] ? 'idle-close-race' : 'idle-timeout-race'
    if (closes < sim.now + way) this.world.severance.closeBefore(row, cause)
    else if (this.refusesAfter(aged, sim.now + way)) this.world.severance.closeBefore(row, 'goaway-race', 'aged')
    exchange.step(row, sim.now + way, this.requestDue)
  }

  /** Whether a request that comes at `at` meets a server that has said its only GOAWAY; after the first of two it is taken. */
  private refusesAfter(aged: Time, at: Time): boolean {
    return aged < at && this.entry.options.maxAge!.goaway === 'single'
  }

  /** The FIN may still be on its way here: then the request meets a closed socket. */
  private sendOrConnect(row: number, work: Duration): void {
    const c = this.connections
    const {sim} = this.world
    const way = this.link.transit()
    if (c.span[row]! + way <= sim.now) return this.connect(row, work)
    this.request(row, work)
    c.state[row] = State.sending
    this.world.exchange.step(row, sim.now + way, this.requestDue)
  }

  private sendInVain(row: number, work: Duration): void {
    this.request(row, work)
    this.connections.timer[row] = this.world.exchange.giveUpAt(row, this.connections.answerBy[row]!)
  }

  /** The request is at the process, if that still has the connection. */
  private received(row: number): void {
    const c = this.connections
    const {sim, exchange} = this.world
    if (c.process[row] === -1) return this.failed(row, 'reset', causes[c.cause[row]!]!, this.link.transit())
    const process = this.world.processes[c.process[row]!]!
    if (!process.accepts) return exchange.waitInVain(row)
    const cost = exchange.requestCost(process)
    exchange.ask(row, process.host.cpu.book(sim.now, cost) + cost)
  }

  override lastPacket(row: number): Time {
    return this.connections.state[row] === State.open ? this.connections.since[row]! : this.world.sim.now
  }

  /** With the next request, which looks for itself. */
  override nextPacket(row: number): Time {
    return this.connections.state[row] === State.open ? Number.POSITIVE_INFINITY : this.world.sim.now
  }

  override resumed(row: number): void {
    const c = this.connections
    if (c.state[row] !== State.sending) return
    this.world.sim.cancel(c.timer[row]!)
    c.timer[row] = this.world.sim.in(0, this.requestDue, row)
  }

  override connected(row: number): void {
    this.opened(row, this.world.sim.now - this.connections.startedAt[row]!)
  }

  /** The connection stays, unless its process is on its way out or it was a second one. */
  protected finish(row: number): void {
    const c = this.connections
    const process = this.world.processes[c.process[row]!]
    const isOwn = c.address[row]! - this.firstAddress < this.options.connections
    c.since[row] = this.world.sim.now
    c.timer[row] = noTimer
    if (process !== undefined && isOwn && this.agedAt(row) <= c.since[row]!) this.leaveAged(row)
    else if (process !== undefined && isOwn && !process.partsNow()) this.rest(row, process.farewell)
    else this.part(row, process, isOwn)
  }

  /** The GOAWAY came before the answer. */
  private leaveAged(row: number): void {
    this.world.exchange.detach(row, 'aged')
    this.world.severance.closedUnderClient(row, Number.NEGATIVE_INFINITY)
  }

  private rest(row: number, farewell?: Drain): void {
    this.connections.state[row] = State.open
    this.connections.span[row] = Number.POSITIVE_INFINITY
    if (this.connections.watched[row] === 0) this.watch(row)
    if (farewell !== undefined) this.world.severance.closeLater(row, farewell)
  }

  /** A request does not put it off: whoever looks too early looks again. So it costs one event per idle time at most. */
  private watch(row: number): void {
    const idleUntil = this.connections.since[row]! + this.entry.options.keepAlive
    if (idleUntil === Number.POSITIVE_INFINITY) return
    this.connections.watched[row] = 1
    this.world.sim.at(idleUntil, this.idleOver, row)
  }

  private closeIfIdle(row: number): void {
    const c = this.connections
    c.watched[row] = 0
    if (c.state[row] !== State.open) return
    if (c.since[row]! + this.entry.options.keepAlive > this.world.sim.now) this.watch(row)
    else this.world.severance.close(row, 'idle-timeout-race')
  }

  /** A process that says `Connection: close` with its answer leaves no doubt; any other leaves a race. */
  private part(row: number, process: Process | undefined, isOwn: boolean): void {
    const c = this.connections
    if (process !== undefined) this.world.exchange.detach(row, isOwn ? 'idle' : 'done')
    this.world.severance.closedUnderClient(row, 0)
    if (process === undefined || saysClose(process)) c.span[row] = Number.NEGATIVE_INFINITY
    if (!isOwn) c.free(row)
  }
}

const saysClose = ({host: {options}}: Process): boolean => options.saysClose || options.idleClose.when === 'response'
