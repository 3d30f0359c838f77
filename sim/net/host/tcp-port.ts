import type {Process} from './process.ts'
import {ReuseportGroup} from './reuseport.ts'
import type {ListeningSocket} from './socket.ts'

/** The VIP's TCP port on one host: the sockets that listen on it, and what picks one of them for a SYN. */
export class TcpPort {
  private readonly group = new ReuseportGroup<ListeningSocket>()
  /** Who gets new connections, where a program of type `BPF_PROG_TYPE_SK_REUSEPORT` picks instead of the hash. */
  private working?: Process
  private readonly waiting: (() => void)[] = []

  get sockets(): readonly ListeningSocket[] {
    return this.group.sockets
  }

  /** The socket that a SYN falls to. */
  pick(hash: number): ListeningSocket | undefined {
    const steered = this.working && this.sockets.find(({owner}) => owner === this.working)
    return steered ?? this.group.pick(hash)
  }

  steerTo(working: Process): void {
    this.working = working
  }

  add(socket: ListeningSocket): void {
    this.group.add(socket)
  }

  remove(socket: ListeningSocket): void {
    this.group.remove(socket)
    if (this.sockets.length === 0) for (const listen of this.waiting.splice(0)) listen()
  }

  /** The port is in use until every socket on it is closed (EADDRINUSE); whoever asks is told then. */
  whenFree(listen: () => void): void {
    this.waiting.push(listen)
  }
}
