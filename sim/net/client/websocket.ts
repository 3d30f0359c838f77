import type {Duration} from '../../engine/time.ts'
import type {Openings} from '../crowd/openings.ts'
import type {WebSocketWorkload} from '../options.ts'
import {TunnelClient} from './tunnel.ts'

/** Sessions over a WebSocket. */
export class WebSocketClient extends TunnelClient<WebSocketWorkload> {
  private openings: Openings | undefined

  override start(): void {
    this.openings = this.world.crowds.openingsOf(this)
    super.start()
  }

  /** Those who come back come many at a time, and may be in each other's way. */
  protected override connect(row: number): void {
    const isNew = this.connections.attempts[row] === 0
    if (!isNew || this.openings?.take(row) !== true) super.connect(row)
  }

  protected get interval(): Duration {
    return this.options.message
  }

  /** The upgrade has gone through. */
  reached(row: number): void {
    this.stay(row, this.world.sim.now - this.connections.startedAt[row]!)
  }
}
