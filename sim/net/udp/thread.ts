import type {Duration, Time} from '../../engine/time.ts'
import type {Cpu} from '../host/cpu.ts'
import type {UdpOptions} from '../options.ts'

/** A thread that takes packets from its queue one by one; whatever finds the queue full is dropped (udp(7), `SO_RCVBUF`). */
export class PacketThread {
  private freeAt: Time = 0
  private readonly cpu: Cpu
  private readonly cost: Duration
  private readonly buffer: number

  /** Each packet takes it `cost`; `buffer` of them may wait besides the one that it works on. */
  constructor(cpu: Cpu, cost: Duration, buffer: number) {
    this.cpu = cpu
    this.cost = cost
    this.buffer = buffer
  }

  /** Puts a packet in the queue. False: it is full, and the packet is dropped. */
  offer(now: Time): boolean {
    const start = Math.max(now, this.freeAt)
    if (this.cost > 0 && Math.ceil((start - now) / this.cost) > this.buffer) return false
    this.freeAt = start + this.cost
    this.cpu.book(now, this.cost)
    return true
  }
}

/** The threads with which one process reads packets: a worker for each socket, and one that passes packets on. */
export class PacketThreads {
  readonly workers: readonly PacketThread[]
  readonly forwarder: PacketThread

  constructor(cpu: Cpu, {sockets, packet, forward, buffer}: UdpOptions) {
    this.workers = Array.from({length: sockets}, () => new PacketThread(cpu, packet, buffer))
    this.forwarder = new PacketThread(cpu, forward, buffer)
  }
}
