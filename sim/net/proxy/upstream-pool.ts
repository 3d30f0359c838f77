import type {Process} from '../host/process.ts'

/** Idle connections that one proxy process keeps open to server processes. */
export class UpstreamPool {
  /** By the numbers of the servers, for a map would have to hash some at every request. */
  private idle: number[] = []
  private closing = false

  /** Takes one to `server`, if there is one. */
  take(server: Process): boolean {
    const count = this.idle[server.id] ?? 0
    if (count === 0) return false
    this.idle[server.id] = count - 1
    return true
  }

  give(server: Process): void {
    if (this.closing) return
    while (this.idle.length <= server.id) this.idle.push(0)
    this.idle[server.id]!++
  }

  /** Server processes that it has a connection to and that run on `host`, the newest first. */
  to(processes: readonly Process[]): Process | undefined {
    for (let i = processes.length - 1; i >= 0; i--) if ((this.idle[processes[i]!.id] ?? 0) > 0) return processes[i]!
    return undefined
  }

  /** The server closed its idle connections, or is gone. */
  forget({id}: Process): void {
    if (id < this.idle.length) this.idle[id] = 0
  }

  drain(): void {
    this.closing = true
    this.idle = []
  }
}
