import type {Connections} from '../connections.ts'
import {type Fate, fateOf} from '../events.ts'
import type {Host} from '../host/host.ts'
import type {Process} from '../host/process.ts'
import type {World} from '../world.ts'
import {type ConnectionId, type Decision, decide, type Packet, type Reader} from './routing.ts'
import {bufferSize, type UdpSocket} from './socket.ts'

/**
 * The way of a client's packet.
 *
 *     L4 balancer ──► host ──► ring of sockets ──► process that reads it ─┬─► worker that has the connection
 *     by server ID      │            │                                    └─► forwarding thread ──► other process
 *     or by flow     no power     unread                                          full: overflowed    (never further)
 */
export class Datagrams {
  private readonly world: World
  private readonly connections: Connections

  constructor(world: World) {
    this.world = world
    this.connections = world.connections
  }

  /** What becomes of a packet of a connection whose ID a server has issued. Observers are told. */
  deliver(row: number): Fate {
    const host = this.hostFor(row)
    const fate = host?.powered ? this.arrive(row, host) : 'lost'
    this.tell(row, host, fate)
    return fate
  }

  tell(row: number, host: Host | undefined, fate: Fate): void {
    const {sim, observer, connections} = this.world
    observer.packet(sim.now, connections.workload[row]!, host?.actor ?? -1, fateOf(fate))
  }

  private arrive(row: number, host: Host): Fate {
    const c = this.connections
    const holder = this.world.processes[c.process[row]!]
    const socket = host.udp!.forFlow(c.hash[row]!, holder, c.worker[row]!)
    return isRead(socket) ? this.read(row, socket.owner, socket) : 'unread'
  }

  /** The socket that a packet comes to whose connection ID the client chose; undefined if nobody reads it. */
  socketForChosenId(row: number, host: Host): UdpSocket | undefined {
    const socket = host.udp!.forNewFlow(this.connections.hash[row]!)
    return isRead(socket) ? socket : undefined
  }

  /** What a process does with a packet whose connection ID the client chose: the client's address goes with it. */
  readChosenId(row: number, process: Process, header: 'initial' | 'zero-rtt'): Decision {
    const knows = this.connections.process[row] === process.id
    return this.decide({header, id: undefined, forwarded: false}, process, knows)
  }

  private decide(packet: Packet, {bit, host, forwardsTo}: Process, knows: boolean): Decision {
    const reader: Reader = {host: host.index, process: bit, forwards: forwardsTo !== undefined, knows}
    return decide(packet, reader)
  }

  /** From one of its sockets, unless another process has passed the packet on. */
  private read(row: number, process: Process, socket?: UdpSocket): Fate {
    const forwarded = socket === undefined
    const packet = {header: 'short', id: this.idOf(row), forwarded} as const
    const decision = this.decide(packet, process, this.knows(row, process, socket?.worker))
    if (decision === 'deliver') return this.work(row, process, socket)
    if (decision === 'forward') return this.forward(row, process)
    return decision === 'wrong-host' ? 'wrong-host' : 'unknown'
  }

  private idOf(row: number): ConnectionId {
    const c = this.connections
    const {host, bit} = this.world.processes[c.acceptedBy[row]!]!
    return {host: host.index, worker: c.worker[row]!, process: bit}
  }

  /** Where connection IDs do not lead from worker to worker, each knows its own connections only. */
  private knows(row: number, process: Process, worker = this.connections.worker[row]!): boolean {
    const c = this.connections
    return c.process[row] === process.id && (process.host.options.udp!.workerId || worker === c.worker[row])
  }

  private work(row: number, process: Process, socket?: UdpSocket): Fate {
    const own = this.connections.worker[row]!
    if (!process.threads!.workers[own]!.offer(this.world.sim.now)) return 'overflowed'
    if (socket === undefined) return 'forwarded'
    if (process.leaks) socket.leaked += bufferSize
    return socket.worker === own ? 'delivered' : 'handed'
  }

  private forward(row: number, process: Process): Fate {
    if (!process.threads!.forwarder.offer(this.world.sim.now)) return 'overflowed'
    const other = process.forwardsTo!
    return other.alive && other.accepts ? this.read(row, other) : 'unread'
  }

  /** The L4 balancer knows the flow, or reads the number of the host in the connection ID. */
  private hostFor(row: number): Host | undefined {
    const c = this.connections
    const real = this.world.processes[c.acceptedBy[row]!]!.host
    const l4lb = this.world.clientOf(row).entry.l4lb!
    // Only a ring forgets; the other ways to pick are those of balancers that hold the flow themselves.
    if (l4lb.options.pick !== 'maglev') return real
    const hash = c.hash[row]!
    const flow = {first: c.synAt[row]!, last: c.since[row]!, real}
    if (!real.options.udp!.serverId) return l4lb.forward({protocol: 'udp', hash, flow})
    return l4lb.forward({protocol: 'udp', hash, flow, server: real.index})
  }
}

const isRead = (socket: UdpSocket | undefined): socket is UdpSocket =>
  socket?.read === true && socket.owner.alive && socket.owner.accepts
