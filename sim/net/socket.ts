import type {Process} from './process.ts'
import {RowList} from './rows.ts'

/**
 * A listening socket, as listen(2) makes it. Its accept queue holds handshakes that the kernel has completed and no
 * process has accepted: `backlog + 1` fit, and a SYN that finds it full is dropped (Linux `inet_csk_reqsk_queue_is_full`).
 */
export class ListeningSocket {
  readonly id: number
  readonly backlog: number
  readonly queue = new RowList()
  /** Who accepts from it. */
  owner: Process

  constructor(id: number, owner: Process, backlog: number) {
    this.id = id
    this.owner = owner
    this.backlog = backlog
  }

  get full(): boolean {
    return this.queue.size > this.backlog
  }
}
