import type {Kind} from '../engine/simulator.ts'
import {noTimer} from '../engine/simulator.ts'
import type {Duration} from '../engine/time.ts'
import {type Connections, State} from './connections.ts'
import {type Cause, type Closing, causeOf} from './events.ts'
import type {Drain} from './host/drain.ts'
import type {Process} from './host/process.ts'
import type {World} from './world.ts'

/** How connections end that their clients did not want to end: with a process, a host, a drain or a ring. */
export class Severance {
  private readonly world: World
  private readonly connections: Connections
  private readonly idleClose: Kind
  private readonly forget: Kind
  private readonly giveBack: Kind

  constructor(world: World) {
    this.world = world
    this.connections = world.connections
    this.idleClose = world.sim.kind('idle-close', row => this.closeIfIdle(row), 'routine')
    this.giveBack = world.sim.kind('give-back', id => {
      for (const run of [...world.processes[id]!.jobs]) run.jobs.giveBack(run)
    })
    this.forget = world.sim.kind('forget-server', id => world.forgetServer(world.processes[id]!))
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
    this.world.queries?.close(process)
    this.loseJobs(process)
    this.world.forgetServer(process)
    return held.length * perConnection + streams.length
  }

  private breakOne(row: number, cause: Cause, delay: Duration): void {
    const c = this.connections
    const client = this.world.clientOf(row)
    const idle = c.state[row] === State.open && client.asks
    this.world.exchange.detach(row, 'broken')
    if (idle) this.closedUnderClient(row, delay, cause)
    else client.severed(row, cause, delay)
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
    this.world.queries?.close(process)
    this.loseJobs(process)
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

  private loseJobs({jobs}: Process): void {
    for (const run of [...jobs]) run.jobs.lose(run)
  }

  /** A process that drains takes no jobs, and gives back those that are not done after a while. */
  private giveBackJobs({id, jobs, host}: Process): void {
    const after = host.options.jobs?.requeueAfter ?? Number.POSITIVE_INFINITY
    if (jobs.size > 0 && after < Number.POSITIVE_INFINITY) this.world.sim.in(after, this.giveBack, id)
  }

  /** A process begins to drain, and has a law by which it closes connections. */
  beginDrain(process: Process, drain: Drain): void {
    if (drain.law.idle === undefined) this.closeIdle(process)
    else this.closeIdleLate(process, drain)
    this.giveBackJobs(process)
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
    client.drainBegins(row)
    this.world.rerouting.watch(row)
  }

  /** The draining process, or the one before it, closes a tunnel that its user still wants; or one that is too old is closed. */
  closeTunnel(row: number, cause: Cause = 'closed-by-drain'): void {
    const client = this.world.clientOf(row)
    this.world.exchange.detach(row, 'broken')
    client.failed(row, 'reset', cause, client.link.transit())
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
  closeBefore(row: number, cause: Cause = 'idle-close-race', how: Closing = 'idle'): void {
    this.connections.cause[row] = causeOf(cause)
    this.world.exchange.leave(row, how)
  }

  /** The process closes a connection that nobody is using. */
  close(row: number, cause: Cause = 'idle-close-race'): void {
    this.world.exchange.detach(row, 'idle')
    this.closedUnderClient(row, 0, cause)
  }
}
