import type {Random} from '../engine/random.ts'
import type {Kind} from '../engine/simulator.ts'
import {noTimer} from '../engine/simulator.ts'
import {State} from './connections.ts'
import type {KeepAliveWorkload} from './options.ts'
import {RequestClient} from './requests.ts'
import type {World} from './world.ts'

/** Clients who keep their connection between requests. Requests fall on them at random, each equally often. */
export class KeepAliveClient extends RequestClient<KeepAliveWorkload> {
  private readonly requestDue: Kind
  private readonly who: Random
  private readonly rows: number[] = []

  constructor(world: World, name: string, index: number, options: KeepAliveWorkload) {
    super(world, name, index, options)
    this.who = world.sim.random(`client/${name}`)
    this.requestDue = world.sim.kind(`request/${name}`, row => this.received(row))
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
      this.connections.since[row] = -Math.round(idle.exponentialFloat() * this.meanGap())
      if (-this.connections.since[row]! < this.entry.options.keepAlive && this.world.place(row)) this.keep(row)
    }
    super.start()
  }

  /** Between two requests of one client, on average. */
  private meanGap(): number {
    const rate = this.rateAtStart()
    return rate > 0 ? Math.min((this.options.connections / rate) * 1e6, this.entry.options.keepAlive) : 0
  }

  private keep(row: number): void {
    this.connections.state[row] = State.open
    this.connections.timer[row] = noTimer
    this.opened(row, 0)
  }

  protected ask(): void {
    const own = this.rows[this.who.integer(this.rows.length)]!
    const c = this.connections
    if (c.state[own] === State.open) this.send(own)
    else if (c.state[own] === State.lost && c.timer[own] === noTimer) this.sendInVain(own)
    else if (c.state[own] === State.closed) this.sendOrConnect(own)
    else this.connect(this.newcomer())
  }

  private connect(row: number): void {
    this.request(row)
    if (this.connections.attempts[row]! > 0) this.world.observer.reconnects(this.world.sim.now, this.index, row)
    this.world.handshake.connect(row)
  }

  /** On the connection that is there, unless the process has closed it after its idle time. */
  private send(row: number): void {
    const c = this.connections
    const {sim, exchange} = this.world
    sim.cancel(c.timer[row]!)
    if (c.since[row]! + this.entry.options.keepAlive <= sim.now) {
      exchange.detach(row, 'idle')
      return this.connect(row)
    }
    this.request(row)
    c.hops[row] = 0
    if (!this.world.finds(row)) return this.world.severance.misrouted(row)
    c.state[row] = State.sending
    c.timer[row] = sim.in(this.link.transit(), this.requestDue, row)
  }

  /** The FIN may still be on its way here: then the request meets a closed socket. */
  private sendOrConnect(row: number): void {
    const c = this.connections
    const {sim} = this.world
    const way = this.link.transit()
    if (c.span[row]! + way <= sim.now) return this.connect(row)
    this.request(row)
    c.state[row] = State.sending
    c.timer[row] = sim.in(way, this.requestDue, row)
  }

  private sendInVain(row: number): void {
    this.request(row)
    this.connections.timer[row] = this.world.exchange.giveUpAt(row, this.connections.answerBy[row]!)
  }

  /** The request is at the process, if that still has the connection. */
  private received(row: number): void {
    const c = this.connections
    const {sim, exchange} = this.world
    if (c.process[row] === -1) return this.failed(row, 'reset', 'idle-close-race', this.link.transit())
    const process = this.world.processes[c.process[row]!]!
    if (!process.accepts) {
      c.timer[row] = exchange.giveUpAt(row, c.answerBy[row]!)
      return
    }
    const cost = exchange.requestCost(process)
    exchange.ask(row, process.host.cpu.book(sim.now, cost) + cost)
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
    c.since[row] = this.world.sim.now
    c.timer[row] = noTimer
    const process = c.process[row]!
    const isOwn = c.address[row]! - this.firstAddress < this.options.connections
    if (process !== -1 && isOwn && !this.world.processes[process]!.draining) {
      c.state[row] = State.open
      return
    }
    if (process !== -1) this.world.exchange.detach(row, isOwn ? 'idle' : 'done')
    c.state[row] = State.closed
    c.span[row] = Number.NEGATIVE_INFINITY
    if (!isOwn) c.free(row)
  }
}
