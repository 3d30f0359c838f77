import type {Kind} from '../../engine/simulator.ts'
import type {Time} from '../../engine/time.ts'
import type {WebSocketClient} from '../client/websocket.ts'
import type {Connections} from '../connections.ts'
import type {ListeningSocket} from '../host/socket.ts'
import {RowList} from '../rows.ts'
import type {World} from '../world.ts'
import type {Calm} from './calm.ts'

/**
 * The sessions of one workload that are about to open while all is calm: nothing happens to them between their first SYN
 * and the instant at which they are open, so that is the only event that they need. Whoever is under way at a turn is put
 * in the place where it stands, and goes on event by event.
 */
export class Openings {
  private readonly world: World
  private readonly connections: Connections
  private readonly client: WebSocketClient
  private readonly calm: Calm
  private readonly opens: Kind
  private readonly underWay = new RowList()
  private isCalm = false

  constructor(world: World, client: WebSocketClient, calm: Calm) {
    this.world = world
    this.connections = world.connections
    this.client = client
    this.calm = calm
    this.opens = world.sim.kind(`opens/${client.index}`, row => this.open(row), 'routine')
  }

  /** Looks whether all is calm, after a turn or when somebody may have become busy. */
  look(): void {
    this.isCalm = this.calm.holds
    if (!this.isCalm) this.goOn()
  }

  /** It is calm no more. */
  upset(): void {
    this.isCalm = false
  }

  /** Whether a client that asks for its first connection is one of them. */
  take(row: number): boolean {
    if (!this.isCalm) return false
    const c = this.connections
    const {sim, handshake} = this.world
    handshake.begin(row)
    const hash = c.hash[row]!
    const socket = this.client.entry.l4lb!.hostOf(hash)!.pick(hash)!.tcp.pick(hash)!
    c.process[row] = socket.id
    c.synAt[row] = sim.now + this.client.link.latency()
    c.held.add(this.underWay, row)
    const ack = this.ackAt(row)
    c.timer[row] = sim.at(ack + handshake.cost(row, socket.owner, ack), this.opens, row)
    return true
  }

  private open(row: number): void {
    this.connections.held.remove(this.underWay, row)
    this.accept(row)
    this.client.reached(row)
  }

  /** Those under way go on from where they are. */
  goOn(): void {
    const c = this.connections
    for (const row of c.held.rows(this.underWay)) {
      c.held.remove(this.underWay, row)
      this.world.sim.cancel(c.timer[row]!)
      this.goOnWith(row)
    }
  }

  private goOnWith(row: number): void {
    const {sim, handshake, exchange} = this.world
    const syn = this.connections.synAt[row]!
    const ack = this.ackAt(row)
    if (syn >= sim.now) return handshake.sendAt(row, syn)
    if (ack >= sim.now) return handshake.greet(row, this.enter(row), ack)
    const ready = this.accept(row)
    const {cpu} = this.world.processes[this.connections.process[row]!]!.host
    if (ready > sim.now) cpu.seize(sim.now, ready)
    exchange.reachAt(row, ready)
  }

  /** The balancer has seen its SYN; gives the socket that this came to. */
  private enter(row: number): ListeningSocket {
    const hash = this.connections.hash[row]!
    this.client.entry.l4lb!.hostOf(hash)!.enter(hash)
    return this.world.sockets[this.connections.process[row]!]!
  }

  /** The owner of its socket accepts it. */
  private accept(row: number): Time {
    const {owner} = this.enter(row)
    const ack = this.ackAt(row)
    const cost = this.world.handshake.cost(row, owner, ack)
    owner.host.cpu.spend(ack, cost)
    this.world.handshake.join(row, owner)
    return ack + cost
  }

  private ackAt(row: number): Time {
    return this.connections.synAt[row]! + this.client.link.handshake()
  }
}
