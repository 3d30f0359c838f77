import type {Process} from '../host/process.ts'

/** What the kernel counts for the buffer of one full packet (`skb->truesize` of 1,500 bytes on x86-64). */
export const bufferSize = 2_304

/** One of a process's UDP sockets on the VIP, which one of its worker threads reads. */
export class UdpSocket {
  /** Who reads it. Passed on, it stays the same socket in the same place of the ring. */
  owner: Process
  /** The worker of the owner that reads it: the place among the sockets that the owner has, from 0. */
  readonly worker: number
  /** False: its owner has the descriptor, and neither reads nor closes it. */
  read = true
  /** Bytes of buffers that nobody will free before the socket is closed. */
  leaked = 0

  constructor(owner: Process, worker: number) {
    this.owner = owner
    this.worker = worker
  }
}
