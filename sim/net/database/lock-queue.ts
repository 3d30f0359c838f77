import type {Duration, Time} from '../../engine/time.ts'

/**
 * Reads take a table in ACCESS SHARE and writes in ROW EXCLUSIVE, which suffer each other; ALTER TABLE takes it in ACCESS
 * EXCLUSIVE, which suffers nobody (PostgreSQL, 13.3.1).
 */
export type LockMode = 'access-share' | 'row-exclusive' | 'access-exclusive'

/** A lock that somebody has or waits for. */
export interface Lock {
  readonly mode: LockMode
  readonly asked: Time
  /** Is told when they have it. */
  readonly granted: () => void
}

/** The locks of one table: first come, first served, so whoever comes after a waiting ALTER waits behind it. */
export class LockQueue {
  private readonly held = new Set<Lock>()
  private readonly waiting = new Set<Lock>()

  /** How many wait. */
  get length(): number {
    return this.waiting.size
  }

  /** Asks for a lock; `granted` is called before this returns if nothing is in the way. */
  ask(now: Time, mode: LockMode, granted: () => void): Lock {
    const lock = {mode, asked: now, granted}
    this.waiting.add(lock)
    this.serve()
    return lock
  }

  /** Gives a lock back, or waits for it no longer. */
  release(lock: Lock): void {
    this.held.delete(lock)
    this.waiting.delete(lock)
    this.serve()
  }

  private serve(): void {
    for (const lock of this.waiting) {
      if (!this.suffers(lock)) return
      this.waiting.delete(lock)
      this.held.add(lock)
      lock.granted()
    }
  }

  private suffers({mode}: Lock): boolean {
    if (mode === 'access-exclusive') return this.held.size === 0
    const [any] = this.held
    return any?.mode !== 'access-exclusive'
  }
}

export const waitOf = ({asked}: Lock, now: Time): Duration => now - asked
