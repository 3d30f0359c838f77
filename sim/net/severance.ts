import type {Kind} from '../engine/simulator.ts'
import {noTimer} from '../engine/simulator.ts'
import type {Duration} from '../engine/time.ts'
import {type Connections, State} from './connections.ts'
import type {Drain} from './drain.ts'
import {type Cause, causeOf} from './events.ts'
import type {Host} from './host.ts'
import type {L4Host} from './l4-host.ts'
import type {Process} from './process.ts'
import type {World} from './world.ts'

/** How connections end that their clients did not want to end: with a process, a host, a drain or a ring. */
export class Severance {
  private readonly world: World
  private readonly connections: Connections
  private readonly idleClose: Kind
  private readonly stray: Kind
  private readonly forget: Kind

  constructor(world: World) {
    this.world = world
    this.connections = world.connections
    this.idleClose = world.sim.kind('idle-close', row => this.closeIfIdle(row))
    this.forget = world.sim.kind('forget-server', id => world.forgetServer(world.processes[id]!))
    this.stray = world.sim.kind('stray-packet', row => this.astray(row))
  }

  /**
   * The process was killed. The kernel closes its sockets one after the other, each taking `socketTime`, and so its
   * clients learn of it. Returns how many sockets it had.
   */
  breakAll(process: Process, cause: Cause, socketTime: Duration): number {
    const held = this.connections.held.rows(process.held)
    const streams = this.connections.streams.of(process)
    const perConnection = process.host.upstreams.length > 0 ? 2 : 1
    held.forEach((row, k) => this.breakOne(row, cause, k * perConnection * socketTime))
    for (const {row, depth} of streams) this.world.relay.lost(row, depth)
    this.world.forgetServer(process)
    return held.length * perConnection + streams.length
  }

  private breakOne(row: number, cause: Cause, delay: Duration): void {
    const c = this.connections
    const client = this.world.clientOf(row)
    const idle = c.state[row] === State.open && client.asks
    this.world.exchange.detach(row, 'broken')
    if (idle) this.closedUnderClient(row, delay, cause)
    else client.failed(row, 'reset', cause, delay + client.link.transit())
  }

  /** Nobody was owed anything; the client learns of it when the FIN is there. */
  closedUnderClient(row: number, delay: Duration, cause: Cause = 'idle-close-race'): void {
    const c = this.connections
    c.state[row] = State.closed
    c.cause[row] = causeOf(cause)
    c.timer[row] = noTimer
    c.span[row] = this.world.sim.now + delay
  }

  /** The host lost power: no FIN, no RST. */
  loseAll(process: Process): void {
    for (const row of this.connections.held.rows(process.held)) this.lose(row)
    for (const {row} of this.connections.streams.of(process)) this.lose(row)
    this.world.forgetServer(process)
  }

  /** Who waits, waits in vain; who is idle finds out with the next packet. */
  lose(row: number): void {
    const c = this.connections
    const client = this.world.clientOf(row)
    const idle = c.state[row] === State.open
    this.world.exchange.detach(row, 'broken')
    c.state[row] = State.lost
    c.cause[row] = causeOf('dead-host')
    c.timer[row] = idle && client.asks ? noTimer : client.waitsInVain(row)
  }

  /** A process begins to drain, and has a law by which it closes connections. */
  beginDrain(process: Process, drain: Drain): void {
    if (drain.law.idle === undefined) this.closeIdle(process)
    else this.closeIdleLate(process, drain)
    if (drain.law.tunnels !== 'stay') this.closeTunnels(process, drain.law.tunnels === 'cut')
  }

  /** Proxies' idle connections to it, of which nobody knows one from the other, are closed when the first of them may be. */
  private closeIdleLate(process: Process, drain: Drain): void {
    const {from} = drain.law.idle!
    if (from < Number.POSITIVE_INFINITY) this.world.sim.in(Math.round(from), this.forget, process.id)
    for (const row of this.connections.held.rows(process.held))
      if (this.world.clientOf(row).asks) this.closeLater(row, drain)
  }

  /** The draining process has an idle connection, and closes it when its law says unless somebody uses it before. */
  closeLater(row: number, drain: Drain): void {
    const {now} = this.world.sim
    if (drain.law.idle !== undefined) this.closeIn(drain.closesIdle(now) - now, row)
  }

  private closeTunnels(process: Process, now: boolean): void {
    const c = this.connections
    for (const row of [...c.held.rows(process.held), ...c.streams.of(process).map(stream => stream.row)]) {
      if (this.world.clientOf(row).asks || c.state[row] !== State.open) continue
      if (now) this.closeTunnel(row)
      else this.watchMessages(row)
    }
  }

  private watchMessages(row: number): void {
    const client = this.world.clientOf(row)
    const l4lb = client.entry.l4lb!
    const l4 = l4lb.hostOf(this.connections.hash[row]!)
    client.drainBegins(row)
    const mayStray = l4lb.options.pick === 'maglev' && l4.mayForget
    if (mayStray && !this.leadsHome(l4, row)) this.lead(row)
  }

  /** The draining process, or the one before it, closes a tunnel that its user still wants. */
  closeTunnel(row: number): void {
    const client = this.world.clientOf(row)
    this.world.exchange.detach(row, 'broken')
    client.failed(row, 'reset', 'closed-by-drain', client.link.transit())
  }

  /**
   * It closes what is idle, at once or spread over a time, or after the next response; and whatever it does, when the
   * idle time is up.
   */
  private closeIdle(process: Process): void {
    const {when, spread} = process.host.options.idleClose
    this.world.forgetServer(process)
    const random = this.world.sim.random('idle-close')
    for (const row of this.connections.held.rows(process.held)) {
      if (!this.world.clientOf(row).asks) continue
      if (when === 'response') this.closeIn(Number.POSITIVE_INFINITY, row)
      else if (spread > 0) this.closeIn(Math.round(random.uniform() * spread), row)
      else this.closeIfIdle(row)
    }
  }

  private closeIn(delay: Duration, row: number): void {
    const c = this.connections
    const {sim} = this.world
    if (c.state[row] !== State.open) return
    const idleUntil = c.since[row]! + this.world.clientOf(row).entry.options.keepAlive
    const at = Math.max(sim.now, Math.min(sim.now + delay, idleUntil))
    c.span[row] = at
    if (at < Number.POSITIVE_INFINITY) c.timer[row] = sim.at(at, this.idleClose, row)
  }

  /** A request that is on the wire to it meets a closed socket. */
  private closeIfIdle(row: number): void {
    const c = this.connections
    if (c.state[row] === State.open) this.close(row)
    else if (c.state[row] === State.sending) this.closeBefore(row)
  }

  /** The process closes the connection with the request already on the wire. */
  closeBefore(row: number, cause: Cause = 'idle-close-race'): void {
    this.connections.cause[row] = causeOf(cause)
    this.world.exchange.leave(row, 'idle')
  }

  /** The process closes a connection that nobody is using. */
  close(row: number, cause: Cause = 'idle-close-race'): void {
    this.world.exchange.detach(row, 'idle')
    this.closedUnderClient(row, 0, cause)
  }

  /** Flows whose slot changed hands are safe as long as the connection table remembers them when they send a packet. */
  ringChanged(l4: L4Host): void {
    if (!l4.mayForget) return
    const c = this.connections
    for (let row = 0; row < c.end; row++) {
      if (!this.isHeldBehind(row, l4) || this.leadsHome(l4, row)) continue
      if (c.state[row] === State.open || !this.finds(l4, row)) this.lead(row)
    }
  }

  private isHeldBehind(row: number, l4: L4Host): boolean {
    const c = this.connections
    const state = c.state[row]!
    const busy = state === State.open || state === State.uploading || state === State.serving
    return busy && c.process[row] !== -1 && this.world.clientOf(row).entry.l4lb!.hostOf(c.hash[row]!) === l4
  }

  /** Whether a packet of `row`, whose last one was at `last`, finds its process through this L4 host. */
  finds(l4: L4Host, row: number, last = this.world.clientOf(row).lastPacket(row)): boolean {
    const c = this.connections
    const real = this.homeOf(row)
    const flow = {first: c.synAt[row]!, last, real}
    return l4.forward({protocol: 'tcp', hash: c.hash[row]!, server: real.index, flow}) === real
  }

  /** Whether the ring alone leads a packet of `row` there. */
  private leadsHome(l4: L4Host, row: number): boolean {
    return l4.pick(this.connections.hash[row]!) === this.homeOf(row)
  }

  private homeOf(row: number): Host {
    return this.world.processes[this.connections.process[row]!]!.host
  }

  /** The next packet of `row` may go astray, if it sends one before its user leaves. */
  private lead(row: number): void {
    const c = this.connections
    const {sim} = this.world
    const client = this.world.clientOf(row)
    const next = client.nextPacket(row)
    if (next >= client.goesAt(row)) return
    if (!client.asks) c.since[row] = client.lastPacket(row)
    sim.cancel(c.timer[row]!)
    c.timer[row] = sim.at(next, this.stray, row)
  }

  /** A packet of a tunnel whose slot had changed hands: by now it may be back, or the flow be remembered once more. */
  private astray(row: number): void {
    const c = this.connections
    const client = this.world.clientOf(row)
    const l4 = client.entry.l4lb!.hostOf(c.hash[row]!)
    if (c.state[row] !== State.open) return this.misrouted(row)
    const home = this.leadsHome(l4, row)
    if (!this.finds(l4, row, c.since[row]!)) return this.misrouted(row)
    client.sent(row)
    if (!home && c.state[row] === State.open) this.lead(row)
  }

  /** A real that knows nothing of the flow resets it. */
  misrouted(row: number): void {
    const client = this.world.clientOf(row)
    this.world.exchange.detach(row, 'broken')
    client.failed(row, 'misrouted', 'forgotten-by-l4lb', client.link.roundTrip())
  }
}
