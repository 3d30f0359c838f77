import type {Kind} from '../engine/simulator.ts'
import {noTimer} from '../engine/simulator.ts'
import type {Duration} from '../engine/time.ts'
import {type Connections, State} from './connections.ts'
import {type Cause, causeOf} from './events.ts'
import type {L4Host} from './l4lb.ts'
import {mix32} from './murmur3.ts'
import type {Process} from './process.ts'
import type {World} from './world.ts'

/** How connections end that their clients did not want to end: with a process, a host, a drain or a ring. */
export class Severance {
  private readonly world: World
  private readonly connections: Connections
  private readonly idleClose: Kind
  private readonly stray: Kind

  constructor(world: World) {
    this.world = world
    this.connections = world.connections
    this.idleClose = world.sim.kind('idle-close', row => this.closeIfIdle(row))
    this.stray = world.sim.kind('stray-packet', row => this.misrouted(row))
  }

  /**
   * The process was killed. The kernel closes its sockets one after the other, each taking `socketTime`, and so its
   * clients learn of it. Returns how many sockets it had.
   */
  breakAll(process: Process, cause: Cause, socketTime: Duration): number {
    const held = this.connections.held.rows(process.held)
    const served = this.connections.served.rows(process.served)
    const perConnection = this.world.isProxied(process.host) ? 2 : 1
    held.forEach((row, k) => this.breakOne(row, cause, k * perConnection * socketTime))
    for (const row of served) this.world.exchange.serverGone(row)
    this.world.forgetServer(process)
    return held.length * perConnection + served.length
  }

  private breakOne(row: number, cause: Cause, delay: Duration): void {
    const c = this.connections
    const client = this.world.clientOf(row)
    const idle = c.state[row] === State.open && client.asks
    this.world.exchange.detach(row, 'broken')
    if (idle) this.closedUnderClient(row, delay)
    else client.failed(row, 'reset', cause, delay + client.link.transit())
  }

  /** Nobody was owed anything; the client learns of it when the FIN is there. */
  private closedUnderClient(row: number, delay: Duration): void {
    const c = this.connections
    c.state[row] = State.closed
    c.timer[row] = noTimer
    c.span[row] = this.world.sim.now + delay
  }

  /** The host lost power: no FIN, no RST. */
  loseAll(process: Process): void {
    for (const row of this.connections.held.rows(process.held)) this.lose(row)
    for (const row of this.connections.served.rows(process.served)) this.world.exchange.serverGone(row)
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
    c.timer[row] = idle && client.asks ? noTimer : this.world.exchange.giveUpAt(row, client.noticesBy(row))
  }

  /** A process that begins to drain closes what is idle, at once or spread over a time, or after the next response. */
  closeIdle(process: Process): void {
    const {when, spread} = process.host.options.idleClose
    this.world.forgetServer(process)
    if (when === 'response') return
    const c = this.connections
    const random = this.world.sim.random('idle-close')
    for (const row of c.held.rows(process.held)) {
      if (!this.world.clientOf(row).asks) continue
      if (spread === 0) this.closeIfIdle(row)
      else if (c.state[row] === State.open)
        c.timer[row] = this.world.sim.in(Math.round(random.uniform() * spread), this.idleClose, row)
    }
  }

  /** A request that is on the wire to it meets a closed socket. */
  private closeIfIdle(row: number): void {
    const c = this.connections
    if (c.state[row] === State.open) this.close(row)
    else if (c.state[row] === State.sending) this.world.exchange.leave(row, 'idle')
  }

  private close(row: number): void {
    this.world.exchange.detach(row, 'idle')
    this.closedUnderClient(row, 0)
  }

  /** Flows whose slot changed hands are safe as long as the connection table remembers them. */
  ringChanged(l4: L4Host): void {
    const others = this.world.heldBehind(l4)
    if (!l4.table.mayForget(others)) return
    const c = this.connections
    for (let row = 0; row < c.end; row++) if (this.isHeldBehind(row, l4) && !this.knows(l4, row, others)) this.lead(row)
  }

  private isHeldBehind(row: number, l4: L4Host): boolean {
    const c = this.connections
    const state = c.state[row]!
    const busy = state === State.open || state === State.uploading || state === State.serving
    return busy && c.process[row] !== -1 && this.world.clientOf(row).entry.l4lb!.hostOf(c.hash[row]!) === l4
  }

  /** Whether a packet of `row` still finds its process through this L4 host. */
  knows(l4: L4Host, row: number, others: number): boolean {
    const c = this.connections
    const host = this.world.processes[c.process[row]!]!.host
    const {now} = this.world.sim
    return l4.pick(c.hash[row]!) === host || l4.table.remembers(this.lastPacket(row), now, others)
  }

  /** Clients send a message every interval, each at a phase of its own; uploads send all the time. */
  private lastPacket(row: number): number {
    const c = this.connections
    const {now} = this.world.sim
    if (c.state[row] !== State.open) return now
    const {options} = this.world.clientOf(row)
    if (options.kind !== 'websocket') return c.since[row]!
    return now - ((now + (mix32(c.address[row]!) % options.message)) % options.message)
  }

  /** The next packet of `row` goes astray; keep-alive clients look when they send one. */
  private lead(row: number): void {
    const c = this.connections
    const {sim} = this.world
    const {options} = this.world.clientOf(row)
    if (options.kind === 'keep-alive' && c.state[row] === State.open) return
    const idle = options.kind === 'websocket' ? options.message : 0
    const next = this.lastPacket(row) + idle
    if (options.kind === 'websocket' && c.span[row]! <= next) return
    sim.cancel(c.timer[row]!)
    c.timer[row] = sim.at(Math.max(next, sim.now), this.stray, row)
  }

  /** A real that knows nothing of the flow resets it. */
  misrouted(row: number): void {
    const client = this.world.clientOf(row)
    this.world.exchange.detach(row, 'broken')
    client.failed(row, 'misrouted', 'forgotten-by-l4lb', client.link.roundTrip())
  }
}
