import type {Process} from '../host/process.ts'

/** Idle connections that one proxy process keeps open to server processes, by server host. */
export class UpstreamPool {
  private readonly idle = new Map<Process, number>()
  private closing = false

  /** Takes one to `server`, if there is one. */
  take(server: Process): boolean {
    const count = this.idle.get(server) ?? 0
    if (count === 0) return false
    this.idle.set(server, count - 1)
    return true
  }

  give(server: Process): void {
    if (!this.closing) this.idle.set(server, (this.idle.get(server) ?? 0) + 1)
  }

  /** Server processes that it has a connection to and that run on `host`, the newest first. */
  to(processes: readonly Process[]): Process | undefined {
    for (let i = processes.length - 1; i >= 0; i--) if ((this.idle.get(processes[i]!) ?? 0) > 0) return processes[i]!
    return undefined
  }

  /** The server closed its idle connections, or is gone. */
  forget(server: Process): void {
    this.idle.delete(server)
  }

  drain(): void {
    this.closing = true
    this.idle.clear()
  }
}
