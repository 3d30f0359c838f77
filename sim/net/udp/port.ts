import type {Process} from '../host/process.ts'
import {ReuseportGroup, reciprocalScale} from '../host/reuseport.ts'
import {UdpSocket} from './socket.ts'

/** The VIP's UDP port on one host: all sockets that are bound to it, and what picks one of them for a packet. */
export class UdpPort {
  private readonly ring = new ReuseportGroup<UdpSocket>()
  /** Whose sockets get new flows, where a program of type `BPF_PROG_TYPE_SK_REUSEPORT` picks instead of the hash. */
  private working?: Process | undefined
  private readonly perProcess: number

  /** Each process binds so many sockets. */
  constructor(perProcess: number) {
    this.perProcess = perProcess
  }

  get sockets(): readonly UdpSocket[] {
    return this.ring.sockets
  }

  /** Binds the sockets of one process beside all others, unless it has its own. */
  bind(owner: Process): void {
    if (this.socketsOf(owner).length > 0) return
    for (let worker = 0; worker < this.perProcess; worker++) this.ring.add(new UdpSocket(owner, worker))
  }

  /** The same sockets, in the same places, read by another process; what has leaked in them stays. */
  pass(from: Process, heir: Process): void {
    for (const socket of this.socketsOf(from)) {
      socket.owner = heir
      socket.read = true
    }
  }

  /** In the order of their index, as a process closes them. */
  close(owner: Process): void {
    for (const socket of this.socketsOf(owner)) this.ring.remove(socket)
  }

  closeAll(): void {
    for (const socket of [...this.sockets]) this.ring.remove(socket)
    this.working = undefined
  }

  /** From now on a flow that has a connection stays with its socket, and any other goes to one of `working`. */
  steerTo(working: Process): void {
    this.working = working
  }

  /** Bytes that nobody will free before the sockets are closed. */
  get leaked(): number {
    return this.sockets.reduce((sum, socket) => sum + socket.leaked, 0)
  }

  /** The socket of a packet that belongs to no connection yet. */
  forNewFlow(hash: number): UdpSocket | undefined {
    const sockets = this.working === undefined ? [] : this.socketsOf(this.working)
    return sockets.length === 0 ? this.ring.pick(hash) : sockets[reciprocalScale(hash, sockets.length)]
  }

  /** The socket of a packet of the connection that `worker` of `holder` has, if anybody has it. */
  forFlow(hash: number, holder: Process | undefined, worker: number): UdpSocket | undefined {
    if (this.working === undefined) return this.ring.pick(hash)
    const known = holder && this.sockets.find(socket => socket.owner === holder && socket.worker === worker)
    return known ?? this.forNewFlow(hash)
  }

  /** In the order of their workers. */
  socketsOf(owner: Process): UdpSocket[] {
    const own = this.sockets.filter(socket => socket.owner === owner)
    return own.sort((a, b) => a.worker - b.worker)
  }
}
