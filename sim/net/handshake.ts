import type {Kind} from '../engine/simulator.ts'
import type {Duration, Time} from '../engine/time.ts'
import {type Connections, State} from './connections.ts'
import {type Cause, causeOf} from './events.ts'
import type {Process} from './host/process.ts'
import type {ListeningSocket} from './host/socket.ts'
import {synTimeout} from './link.ts'
import type {World} from './world.ts'

/**
 * From the first SYN to accept(2).
 *
 *     connecting ──SYN──► L4 ring ──► host ──► socket ──► half open ──ACK──► queued ──accept──► asking (exchange.ts)
 *         ▲                │           │         │            │                 │
 *         └── SYN timer ◄──┴─ dead ────┘    full ┘            └─ socket closed: reset
 *                                       none: refused
 */
export class Handshake {
  private readonly world: World
  private readonly connections: Connections
  readonly syn: Kind
  readonly ack: Kind
  readonly accept: Kind

  constructor(world: World) {
    this.world = world
    this.connections = world.connections
    this.syn = world.sim.kind('syn', row => this.arrive(row), 'routine')
    this.ack = world.sim.kind('ack', row => this.establish(row), 'routine')
    this.accept = world.sim.kind('accept', row => this.accepted(row), 'routine')
  }

  /** The client's first SYN goes out. */
  connect(row: number): void {
    this.begin(row)
    this.send(row, this.world.sim.now + this.world.clientOf(row).link.latency(), 'connect-timeout')
  }

  /** The client opens one more connection. */
  begin(row: number): void {
    const c = this.connections
    const client = this.world.clientOf(row)
    c.state[row] = State.connecting
    c.syns[row] = 0
    c.acceptedBy[row] = -1
    this.world.relay.forgetTries(row)
    c.connectBy[row] = this.world.sim.now + client.options.connectTimeout!
    c.hash[row] = client.entry.l4lb!.hash(c.address[row]!, c.attempts[row]!++)
  }

  /** A SYN is on its way to the balancer, where it will be at `at`. */
  sendAt(row: number, at: Time): void {
    this.connections.process[row] = -1
    this.connections.state[row] = State.connecting
    this.connections.timer[row] = this.world.sim.at(at, this.syn, row)
  }

  private arrive(row: number): void {
    const c = this.connections
    const hash = c.hash[row]!
    if (this.world.clientOf(row).link.loses()) return this.drop(row, 'connect-timeout')
    const host = this.world.clientOf(row).entry.l4lb!.forward({protocol: 'tcp', flag: 'syn', hash})
    c.synAt[row] = this.world.sim.now
    if (host === undefined) return this.drop(row, 'no-host')
    if (!host.powered) {
      host.ghost()
      return this.drop(row, 'dead-host')
    }
    const socket = host.tcp.pick(hash)
    if (socket === undefined) return this.world.clientOf(row).failed(row, 'refused', 'no-listener', this.back(row))
    if (socket.full) return this.drop(row, 'accept-queue-full')
    this.greet(row, socket, this.world.sim.now + this.world.clientOf(row).link.handshake())
  }

  /** The kernel answers a SYN, and the client's ACK is there at `at`. */
  greet(row: number, socket: ListeningSocket, at: Time): void {
    const c = this.connections
    c.process[row] = socket.id
    c.state[row] = State.halfOpen
    c.held.add(socket.halfOpen, row)
    if (at === this.world.sim.now) this.establish(row)
    else this.world.exchange.step(row, at, this.ack)
  }

  /** The client's ACK is there, and with it what the client asks for. */
  private establish(row: number): void {
    const c = this.connections
    const socket = this.world.sockets[c.process[row]!]!
    c.held.remove(socket.halfOpen, row)
    if (socket.full) return this.dropAck(row)
    c.held.add(socket.queue, row)
    if (socket.attended) this.enqueue(row, socket.owner)
    else this.wait(row)
  }

  private dropAck(row: number): void {
    this.connections.process[row] = -1
    this.connections.state[row] = State.connecting
    this.drop(row, 'accept-queue-full')
  }

  /** The SYN is lost; the client sends it again, or has waited long enough. */
  private drop(row: number, cause: Cause): void {
    this.send(row, this.world.sim.now + synTimeout(this.connections.syns[row]!++), cause)
  }

  /** A SYN that arrives at `at`, unless the client has waited long enough before: then `cause` is why it waited. */
  private send(row: number, at: Time, cause: Cause): void {
    const c = this.connections
    const limit = Math.min(c.connectBy[row]!, c.answerBy[row]!)
    if (at < limit) {
      c.timer[row] = this.world.sim.at(at, this.syn, row)
      return
    }
    c.cause[row] = causeOf(c.connectBy[row]! <= c.answerBy[row]! ? cause : this.world.clientOf(row).lateCause(row))
    c.timer[row] = this.world.exchange.giveUpAt(row, limit)
  }

  /** The process will accept it when it comes to it, which is when a core is free. */
  private enqueue(row: number, owner: Process): void {
    const c = this.connections
    const {sim} = this.world
    c.state[row] = State.queued
    const start = owner.host.cpu.book(sim.now, this.cost(row, owner, sim.now))
    if (start <= sim.now) return this.accepted(row)
    this.world.exchange.step(row, start, this.accept)
  }

  /** Nobody accepts: the client has its connection, and waits for its answer. */
  private wait(row: number): void {
    const c = this.connections
    c.state[row] = State.stuck
    this.world.exchange.waitInVain(row)
  }

  private accepted(row: number): void {
    const c = this.connections
    const socket = this.world.sockets[c.process[row]!]!
    const {owner} = socket
    const {now} = this.world.sim
    c.held.remove(socket.queue, row)
    this.join(row, owner)
    this.world.exchange.accepted(row, now + this.cost(row, owner, now))
  }

  /** `owner` has the connection from now on. */
  join(row: number, owner: Process): void {
    const c = this.connections
    c.process[row] = owner.id
    c.acceptedBy[row] = owner.id
    c.held.add(owner.held, row)
    owner.host.took(1)
  }

  /** Core time for the connection of `row`, and for what it asks for with it, that `owner` accepts at `at`. */
  cost(row: number, owner: Process, at: Time): Duration {
    const {handshake, request} = owner.host.options.cpu
    const asks = this.world.clientOf(row).asks ? request : 0
    return Math.round((handshake + asks) * owner.warmUp.slowdown(at))
  }

  /** The owner accepts no more: what is in the queue stays there. */
  suspend(socket: ListeningSocket): void {
    for (const row of this.connections.held.rows(socket.queue)) {
      this.world.sim.cancel(this.connections.timer[row]!)
      this.wait(row)
    }
  }

  /** There is somebody again who accepts, first come, first served. */
  resume(socket: ListeningSocket): void {
    if (!socket.attended) return
    for (const row of this.connections.held.rows(socket.queue)) {
      if (this.connections.state[row] !== State.stuck) continue
      this.world.sim.cancel(this.connections.timer[row]!)
      this.enqueue(row, socket.owner)
    }
  }

  /** Whoever has been told that the connection stands, or is about to say so, is reset (tcp(7)). */
  resetQueue(socket: ListeningSocket): void {
    for (const row of this.rowsOf(socket)) {
      this.world.exchange.detach(row, 'broken')
      this.world.clientOf(row).failed(row, 'reset', 'accept-queue-closed', this.back(row))
    }
  }

  /** The power is gone: nobody tells those in the queue. */
  loseQueue(socket: ListeningSocket): void {
    for (const row of this.rowsOf(socket)) this.world.severance.lose(row)
  }

  private rowsOf({queue, halfOpen}: ListeningSocket): number[] {
    return [...this.connections.held.rows(queue), ...this.connections.held.rows(halfOpen)]
  }

  private back(row: number): Duration {
    return this.world.clientOf(row).link.transit()
  }
}
