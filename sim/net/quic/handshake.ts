import type {Kind} from '../../engine/simulator.ts'
import {seconds, type Time} from '../../engine/time.ts'
import {type Connections, State} from '../connections.ts'
import {type Cause, causeOf} from '../events.ts'
import type {Host} from '../host/host.ts'
import type {Process} from '../host/process.ts'
import type {World} from '../world.ts'
import type {QuicClient} from './client.ts'

/** A client that has no measure of the round trip yet sends its Initial again after this, doubling (RFC 9002, 6.2.2). */
const initialTimeout = seconds(1)

/**
 * From the first Initial to the server's answer, which brings the connection ID that the server has chosen.
 *
 *     connecting ──Initial──► greeted ──answer──► open (client.ts)
 *         ▲                      │
 *         └───── timer ──────────┘   what is sent again may come to another process: that one opens a second connection
 */
export class QuicHandshake {
  private readonly world: World
  private readonly client: QuicClient
  private readonly connections: Connections
  private readonly initial: Kind
  private readonly answer: Kind
  /** Who has what a client sent with 0-RTT: with its connection, or in a buffer until there is one. */
  private readonly early = new Map<number, Process>()

  constructor(world: World, client: QuicClient, name: string) {
    this.world = world
    this.client = client
    this.connections = world.connections
    this.initial = world.sim.kind(`initial/${name}`, row => this.arrive(row), 'routine')
    this.answer = world.sim.kind(`answer/${name}`, row => this.client.answeredBy(row), 'routine')
  }

  /** The client's first Initial goes out. */
  connect(row: number): void {
    const c = this.connections
    c.state[row] = State.connecting
    c.syns[row] = 0
    c.acceptedBy[row] = -1
    c.work[row] = Number.POSITIVE_INFINITY
    this.early.delete(row)
    c.hash[row] = this.client.entry.l4lb!.hash(c.address[row]!, c.attempts[row]!++)
    this.send(row, this.world.sim.now, 'connect-timeout')
  }

  /** Whoever had the Initial is gone; the client does not know, and sends it again in its time. */
  restart(row: number, cause: Cause): void {
    const c = this.connections
    c.state[row] = State.connecting
    c.work[row] = Number.POSITIVE_INFINITY
    this.again(row, cause)
  }

  /** An Initial that leaves at `at`; unless the client has its answer or has waited long enough before it arrives. */
  private send(row: number, at: Time, cause: Cause): void {
    const c = this.connections
    const {sim, exchange} = this.world
    const arrives = at + this.client.link.latency()
    c.since[row] = at
    c.cause[row] = causeOf(cause)
    if (arrives < c.answerBy[row]!) c.timer[row] = sim.at(arrives, this.initial, row)
    else if (c.work[row]! <= c.answerBy[row]!) c.timer[row] = sim.at(Math.max(sim.now, c.work[row]!), this.answer, row)
    else c.timer[row] = exchange.giveUpAt(row, c.answerBy[row]!)
  }

  private again(row: number, cause: Cause): void {
    const at = Math.max(this.world.sim.now, this.timeout(row))
    this.connections.syns[row]!++
    this.send(row, at, cause)
  }

  /** When the client sends its Initial once more, if there is no answer by then. */
  private timeout(row: number): Time {
    const c = this.connections
    return c.since[row]! + initialTimeout * 2 ** Math.min(c.syns[row]!, 6)
  }

  private arrive(row: number): void {
    const host = this.hostFor(row)
    const lost = this.client.link.loses()
    if (!host?.powered) return this.drop(row, host, 'lost')
    const socket = this.world.datagrams.socketForChosenId(row, host)
    if (lost && socket !== undefined) this.readEarly(row, socket.owner)
    if (lost || socket === undefined) return this.drop(row, host, lost ? 'lost' : 'unread')
    const worker = socket.owner.threads!.workers[socket.worker]!
    if (!worker.offer(this.world.sim.now)) return this.drop(row, host, 'overflowed')
    this.meet(row, socket.owner, socket.worker)
  }

  /** Each goes by the ring, as SYNs do: it names no server. */
  private hostFor(row: number): Host | undefined {
    const c = this.connections
    if (c.syns[row] === 0) c.synAt[row] = this.world.sim.now
    return this.client.entry.l4lb!.forward({protocol: 'udp', hash: c.hash[row]!})
  }

  private drop(row: number, host: Host | undefined, fate: 'lost' | 'unread' | 'overflowed'): void {
    this.world.datagrams.tell(row, host, fate)
    this.await(row, host === undefined ? 'no-host' : host.powered ? 'connect-timeout' : 'dead-host')
  }

  /** A process reads an Initial: of a connection that it has, or of one that is new to it. */
  private meet(row: number, process: Process, worker: number): void {
    const c = this.connections
    const {datagrams, sim} = this.world
    const creates = datagrams.readChosenId(row, process, 'initial') === 'create'
    const isSecond = creates && c.process[row] !== -1
    datagrams.tell(row, process.host, isSecond ? 'duplicate' : 'delivered')
    if (isSecond) this.meetSecond(row, process, worker)
    else if (creates) this.take(row, process, worker)
    else if (c.work[row] === Number.POSITIVE_INFINITY) c.work[row] = this.answerAt(sim.now)
    this.readEarly(row, process)
    this.await(row, 'connect-timeout')
  }

  /**
   * Right behind the first Initial of a client that comes back, and by the same way, comes what it sends with 0-RTT. The
   * process delivers it, or buffers it where the Initial was lost; of no use to another that the next Initial comes to.
   */
  private readEarly(row: number, process: Process): void {
    const c = this.connections
    if (!this.client.sendsEarly(row) || c.syns[row] !== 0) return
    const decision = this.world.datagrams.readChosenId(row, process, 'zero-rtt')
    if (decision === 'deliver' || decision === 'buffer') this.early.set(row, process)
  }

  /** Whether the process whose answer is there has had the client's data since the Initial. */
  hadData(row: number): boolean {
    return this.early.get(row)?.id === this.connections.acceptedBy[row]
  }

  /** Two processes have a connection of the client, who takes the one whose answer comes first. */
  private meetSecond(row: number, process: Process, worker: number): void {
    const c = this.connections
    if (c.work[row]! < Number.POSITIVE_INFINITY) return this.client.orphan(process)
    const first = this.world.processes[c.process[row]!]!
    this.world.exchange.leave(row, 'done')
    this.client.orphan(first)
    this.take(row, process, worker)
  }

  private take(row: number, process: Process, worker: number): void {
    const c = this.connections
    const {now} = this.world.sim
    const cost = Math.round(process.host.options.cpu.handshake * process.warmUp.slowdown(now))
    c.state[row] = State.greeted
    c.acceptedBy[row] = process.id
    c.worker[row] = worker
    process.hold(row)
    c.work[row] = this.answerAt(process.host.cpu.book(now, cost) + cost)
  }

  /** When an answer that leaves at `leaves` is with the client; Infinity if it is lost on its way. */
  private answerAt(leaves: Time): Time {
    return this.client.link.loses() ? Number.POSITIVE_INFINITY : leaves + this.client.link.latency()
  }

  /** The client waits for its answer, and sends its Initial again when that takes too long. */
  private await(row: number, cause: Cause): void {
    const c = this.connections
    const {sim} = this.world
    const answer = Math.max(sim.now, c.work[row]!)
    const inTime = answer === sim.now || answer <= Math.min(this.timeout(row), c.answerBy[row]!)
    if (inTime) c.timer[row] = sim.at(answer, this.answer, row)
    else this.again(row, cause)
  }
}
