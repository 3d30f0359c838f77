import {RowList} from '../rows.ts'
import type {Process} from './process.ts'

/**
 * A listening socket, as listen(2) makes it. Its accept queue holds handshakes that the kernel has completed and no
 * process has accepted: `backlog + 1` fit, and a SYN or ACK that finds it full is dropped (Linux `sk_acceptq_is_full`).
 * A handshake belongs to one socket from its SYN on, and ends with it (`tcp_migrate_req` in Linux' ip-sysctl.rst).
 */
export class ListeningSocket {
  readonly id: number
  readonly backlog: number
  readonly halfOpen = new RowList()
  readonly queue = new RowList()
  /** Who accepts from it. */
  owner: Process
  /** The service manager holds it as well, so that it stays open when its owner closes it (systemd.socket(5)). */
  kept = false
  /** Its owner has closed it, or is gone, and nobody else has come for it. */
  left = false

  constructor(id: number, owner: Process, backlog: number) {
    this.id = id
    this.owner = owner
    this.backlog = backlog
  }

  /** Somebody accepts. */
  get attended(): boolean {
    return !this.left && this.owner.accepts
  }

  get full(): boolean {
    return this.queue.size > this.backlog
  }
}
