import type {Kind} from '../../engine/simulator.ts'
import {noTimer, type Timer} from '../../engine/simulator.ts'
import type {Duration, Time} from '../../engine/time.ts'
import {State} from '../connections.ts'
import type {Drain} from '../host/drain.ts'
import type {SessionWorkload} from '../options.ts'
import type {World} from '../world.ts'
import {SessionClient} from './session.ts'

/** Sessions over TCP connections that go on through proxies as tunnels, with a message in them now and then. */
export abstract class TunnelClient<Options extends SessionWorkload> extends SessionClient<Options> {
  private readonly message: Kind
  private readonly tooOld: Kind

  constructor(world: World, name: string, index: number, options: Options) {
    super(world, name, index, options)
    this.tooOld = world.sim.kind(`too-old/${name}`, row => world.severance.closeTunnel(row, 'max-age'), 'routine')
    this.message = world.sim.kind(`message/${name}`, row => this.sent(row), 'routine')
  }

  /** Between messages of one client; Infinity if it sends none. */
  protected abstract get interval(): Duration

  /** When its client will be done with an open connection. */
  override goesAt(row: number): Time {
    return this.connections.span[row]!
  }

  protected connect(row: number): void {
    this.world.handshake.connect(row)
  }

  protected stay(row: number, took: Duration): void {
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
    const goesAt = Math.max(this.goesAt(row), sim.now)
    const closing = this.isDrained(row, drain => drain.countsMessages)
    const sends = closing ? this.nextPacket(row) : Number.POSITIVE_INFINITY
    const cut = this.agedAt(row) + (this.entry.options.maxAge?.grace ?? 0)
    if (cut < Math.min(goesAt, sends)) c.timer[row] = sim.at(Math.max(cut, sim.now), this.tooOld, row)
    else if (sends < goesAt) c.timer[row] = sim.at(sends, this.message, row)
    else c.timer[row] = goesAt < Number.POSITIVE_INFINITY ? sim.at(goesAt, this.leave, row) : noTimer
  }

  /** A draining process that counts messages as responses may close the tunnel after this one. */
  override sent(row: number): void {
    const {now} = this.world.sim
    if (this.isDrained(row, drain => drain.endsWithMessage(now))) this.world.severance.closeTunnel(row)
    else this.staysOn(row)
  }

  /** A process that drains looks after it from now on. */
  override drainBegins(row: number): void {
    if (this.connections.state[row] !== State.open) return
    this.world.sim.cancel(this.connections.timer[row]!)
    this.staysOn(row)
  }

  /** Whether it is so of the drain of any process that the tunnel goes through. */
  private isDrained(row: number, so: (drain: Drain) => boolean): boolean {
    return this.world.relay.anyHolder(row, ({farewell}) => farewell !== undefined && so(farewell))
  }

  /** With its next message and the time-out of that, if its client has not gone by then. */
  override waitsInVain(row: number): Timer {
    const c = this.connections
    const {sim, exchange} = this.world
    if (c.answerBy[row]! < Number.POSITIVE_INFINITY) return exchange.giveUpAt(row, c.answerBy[row]!)
    const notices = this.nextPacket(row) + this.options.connectTimeout
    if (notices <= this.goesAt(row)) return exchange.giveUpAt(row, notices)
    return sim.at(Math.max(this.goesAt(row), sim.now), this.leave, row)
  }

  /** The last message, or the first packet if that was later. */
  override lastPacket(row: number): Time {
    return Math.max(this.connections.startedAt[row]!, this.lastMessage(row))
  }

  override nextPacket(row: number): Time {
    return this.interval === Number.POSITIVE_INFINITY ? this.interval : this.lastMessage(row) + this.interval
  }

  private lastMessage(row: number): Time {
    return this.lastOf(row, this.interval)
  }
}
