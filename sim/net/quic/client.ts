import {type Kind, noTimer, type Timer} from '../../engine/simulator.ts'
import type {Duration, Time} from '../../engine/time.ts'
import {SessionClient} from '../client/session.ts'
import {State} from '../connections.ts'
import {type Cause, causeOf, causes, type Fate, type Outcome} from '../events.ts'
import type {Process} from '../host/process.ts'
import type {QuicWorkload} from '../options.ts'
import type {World} from '../world.ts'
import {QuicHandshake} from './handshake.ts'

/**
 * Sessions over QUIC. The kernel knows nothing of a connection: each packet finds the process that has it, or does not.
 *
 *     handshake ──► open ──packet──► delivered ──► the next one
 *                    ▲  └── misrouted ──► stateless reset: over
 *                    └───── dropped ────► nothing heard for the idle time: over
 */
export class QuicClient extends SessionClient<QuicWorkload> {
  private readonly handshake: QuicHandshake
  private readonly packet: Kind
  private readonly idle: Kind

  constructor(world: World, name: string, index: number, options: QuicWorkload) {
    super(world, name, index, options)
    this.handshake = new QuicHandshake(world, this, name)
    this.packet = world.sim.kind(`packet/${name}`, row => this.send(row), 'routine')
    this.idle = world.sim.kind(`silence/${name}`, row => this.silence(row), 'routine')
  }

  reached(_row: number): void {}

  protected connect(row: number): void {
    this.handshake.connect(row)
  }

  /**
   * The server's answer is there. The client's data takes one way more; what a client that comes back had sent along with
   * 0-RTT was there one way ago, if it came to the process that answers.
   */
  answeredBy(row: number): void {
    const c = this.connections
    const way = this.link.latency()
    const took = this.world.sim.now - c.startedAt[row]!
    this.stay(row, Math.max(0, took + (this.handshake.hadData(row) ? -way : way)))
  }

  /** It has been here before, and may send data before the server has answered. */
  sendsEarly(row: number): boolean {
    return this.options.zeroRtt && this.connections.attempts[row]! > 1
  }

  protected stay(row: number, took: Duration): void {
    const c = this.connections
    c.state[row] = State.datagrams
    c.tries[row] = 0
    c.answerBy[row] = Number.POSITIVE_INFINITY
    c.since[row] = this.world.sim.now
    this.opened(row, took)
    this.awaitNextPacket(row)
  }

  /** What comes next: a packet, the user's going, or the end of the client's belief that anybody is there. */
  private awaitNextPacket(row: number): void {
    const c = this.connections
    const {sim} = this.world
    const packet = this.nextPacket(row)
    const silence = c.since[row]! + this.options.idleTimeout
    const next = Math.max(sim.now, Math.min(packet, silence, c.span[row]!))
    const kind = next >= c.span[row]! ? this.leave : next === packet ? this.packet : this.idle
    c.timer[row] = sim.at(next, kind, row)
  }

  private send(row: number): void {
    const fate = this.world.datagrams.deliver(row)
    const strayed = fate === 'unknown' || fate === 'wrong-host'
    if (strayed && this.entry.options.udp!.statelessReset)
      return this.over(row, 'misrouted', fate === 'unknown' ? 'unknown-connection' : 'forgotten-by-l4lb')
    if (!strayed && isAnswered(fate)) this.connections.since[row] = this.world.sim.now
    this.awaitNextPacket(row)
  }

  /** Nothing was heard for the idle time. */
  private silence(row: number): void {
    if (!this.isOrphan(row)) return this.over(row, 'timed-out', 'packets-lost')
    this.world.exchange.leave(row, 'done')
    this.connections.free(row)
  }

  /** The client knows that its connection is no more; if its process is gone, that is why. */
  private over(row: number, outcome: Outcome, cause: Cause): void {
    const c = this.connections
    const isHeld = c.process[row] !== -1
    const why = causes[c.cause[row]!]!
    this.world.exchange.detach(row, 'broken')
    if (isHeld) this.failed(row, outcome, cause, this.link.transit())
    else this.failed(row, why === 'dead-host' ? 'timed-out' : 'reset', why, this.link.transit())
  }

  /**
   * A process that ends its drain says so in a CONNECTION_CLOSE. One that is killed says nothing, and no kernel speaks
   * for it: the client goes on, and finds out by what becomes of its packets.
   */
  override severed(row: number, cause: Cause, delay: Duration): void {
    if (this.isOrphan(row)) this.connections.free(row)
    else if (cause === 'killed-at-drain-end') super.severed(row, cause, delay)
    else this.goesOn(row, cause)
  }

  override waitsInVain(row: number): Timer {
    if (this.isOrphan(row)) {
      this.connections.free(row)
      return noTimer
    }
    this.goesOn(row, 'dead-host')
    return this.connections.timer[row]!
  }

  private goesOn(row: number, cause: Cause): void {
    const c = this.connections
    if (c.answerBy[row]! < Number.POSITIVE_INFINITY) return this.handshake.restart(row, 'connect-timeout')
    c.state[row] = State.datagrams
    c.cause[row] = causeOf(cause)
    this.awaitNextPacket(row)
  }

  /** A connection whose client knows nothing of it: nothing is heard of it, and then it is gone. */
  orphan(process: Process): void {
    const c = this.connections
    const row = c.add(this.index, 0)
    c.state[row] = State.orphaned
    process.hold(row)
    c.timer[row] = this.world.sim.in(this.options.idleTimeout, this.idle, row)
  }

  /** None of its client's attempts is in it. */
  private isOrphan(row: number): boolean {
    return this.connections.attempts[row] === 0
  }

  override nextPacket(row: number): Time {
    return this.lastOf(row, this.options.packet) + this.options.packet
  }
}

const isAnswered = (fate: Fate): boolean => fate !== 'overflowed' && fate !== 'unread' && fate !== 'lost'
