import type {Time} from '../../engine/time.ts'
import {grown} from '../rows.ts'
import type {Process} from './process.ts'

/** What brokers know of users beside their connections (MQTT 3.1.1, 4.1), by the users' rows. */
export class SessionContexts {
  /** The broker process that has it; none if undefined. */
  private readonly broker: (Process | undefined)[] = []
  /** When it is forgotten; Infinity while its user has a connection. */
  private until = new Float64Array(0)

  /** Those that were found where they were, taken over from another broker, given to one that stays, and not found any more. */
  kept = 0
  takenOver = 0
  evacuated = 0
  lost = 0

  /** A user is connected to `broker`. Whether that still had the context, or took it over; else it makes one. */
  bind(row: number, broker: Process, now: Time): boolean {
    const known = this.has(row, broker, now)
    if (this.broker[row] !== undefined) this.count(known, this.broker[row] === broker)
    if (row >= this.until.length) this.until = grown(this.until, Math.max(1024, 2 * row))
    this.broker[row] = broker
    this.until[row] = Number.POSITIVE_INFINITY
    return known
  }

  private count(known: boolean, stays: boolean): void {
    if (!known) this.lost++
    else if (stays) this.kept++
    else this.takenOver++
  }

  /** The rows of users without a connection whose context `broker` has. */
  restingAt(broker: Process, now: Time): number[] {
    return [...this.broker.keys()].filter(row => this.broker[row] === broker && this.rests(row, now))
  }

  private rests(row: number, now: Time): boolean {
    return this.until[row]! < Number.POSITIVE_INFINITY && now <= this.until[row]!
  }

  /** Another broker has the context from now on, if `leaving` still has it. */
  give(row: number, leaving: Process, heir: Process): void {
    if (this.broker[row] !== leaving || this.until[row] === Number.POSITIVE_INFINITY) return
    this.broker[row] = heir
    this.evacuated++
  }

  /** The connection is gone; the context outlives it by as much as the broker allows. */
  unbind(row: number, now: Time): void {
    const broker = this.broker[row]
    if (broker !== undefined) this.until[row] = now + broker.host.options.session!.life
  }

  has(row: number, broker: Process, now: Time): boolean {
    const holder = this.broker[row]
    if (holder === undefined || !holder.alive || now > this.until[row]!) return false
    return holder === broker || broker.host.options.session!.takeover === true
  }

  /** The row is another user's from now on. */
  forget(row: number): void {
    this.broker[row] = undefined
  }
}
