import type {Time} from '../../engine/time.ts'
import {grown} from '../rows.ts'
import type {Process} from './process.ts'

/** What brokers know of users beside their connections (MQTT 3.1.1, 4.1), by the users' rows. */
export class SessionContexts {
  /** The broker process that has it; none if undefined. */
  private readonly broker: (Process | undefined)[] = []
  /** When it is forgotten; Infinity while its user has a connection. */
  private until = new Float64Array(0)

  /** A user is connected to `broker`. Whether that still had the context; else it makes one. */
  bind(row: number, broker: Process, now: Time): boolean {
    const known = this.has(row, broker, now)
    if (row >= this.until.length) this.until = grown(this.until, Math.max(1024, 2 * row))
    this.broker[row] = broker
    this.until[row] = Number.POSITIVE_INFINITY
    return known
  }

  /** The connection is gone; the context outlives it by as much as the broker allows. */
  unbind(row: number, now: Time): void {
    const broker = this.broker[row]
    if (broker !== undefined) this.until[row] = now + broker.host.options.session!.life
  }

  has(row: number, broker: Process, now: Time): boolean {
    return this.broker[row] === broker && broker.alive && now <= this.until[row]!
  }

  /** The row is another user's from now on. */
  forget(row: number): void {
    this.broker[row] = undefined
  }
}
