import type {Duration} from '../../engine/time.ts'
import type {WebSocketWorkload} from '../options.ts'
import {TunnelClient} from './tunnel.ts'

/** Sessions over a WebSocket. */
export class WebSocketClient extends TunnelClient<WebSocketWorkload> {
  protected get interval(): Duration {
    return this.options.message
  }

  /** The upgrade has gone through. */
  reached(row: number): void {
    this.stay(row, this.world.sim.now - this.connections.startedAt[row]!)
  }
}
