import {type Script, sleep} from '../../engine/script.ts'
import {seconds} from '../../engine/time.ts'
import {mix32} from '../murmur3.ts'
import {isMqtt} from '../parts.ts'
import type {World} from '../world.ts'
import type {Process} from './process.ts'

/**
 * A broker has its users leave before it does (EMQX, node evacuation): first their connections, so that they come back to other
 * brokers, which take their sessions over, and then the sessions of those who have not come.
 *
 *     connected ──evicted──► away ──CONNECT elsewhere──► taken over
 *                              ╰──── its session is evicted, too ───► CONNECT anywhere: taken over
 */
export class Evacuation {
  private readonly world: World

  constructor(world: World) {
    this.world = world
  }

  /** Disconnects the users of a broker (DISCONNECT, use another server), so many a second. */
  *connections(leaving: Process, perSecond: number): Script {
    for (const row of this.tunnelsOf(leaving)) {
      if (!this.hasTunnel(leaving, row)) continue
      this.evict(row)
      yield* sleep(Math.round(seconds(1) / perSecond))
    }
  }

  /** MQTT tunnels that end at a process, by their rows. */
  private tunnelsOf(broker: Process): number[] {
    const {held, streams} = this.world.connections
    const rows = [...held.rows(broker.held), ...streams.of(broker).map(({row}) => row)]
    return rows.filter(row => isMqtt(this.world.clientOf(row)))
  }

  private hasTunnel(broker: Process, row: number): boolean {
    const {connections, relay} = this.world
    return (
      broker.alive && connections.process[row] !== -1 && connections.opened[row] === 1 && relay.holder(row) === broker
    )
  }

  private evict(row: number): void {
    const client = this.world.clientOf(row)
    this.world.exchange.detach(row, 'broken')
    client.failed(row, 'reset', 'evicted', client.wayBack(client.path.length - 1))
  }

  /** Gives the sessions of users without a connection to the other brokers of the tier, so many a second. */
  *sessions(leaving: Process, perSecond: number): Script {
    for (const client of this.world.clients) {
      if (!isMqtt(client)) continue
      for (const row of client.contexts.restingAt(leaving, this.world.sim.now)) {
        const heir = this.heirOf(leaving, this.world.connections.address[row]!)
        if (heir === undefined) return
        client.contexts.give(row, leaving, heir)
        yield* sleep(Math.round(seconds(1) / perSecond))
      }
    }
  }

  /** Any other broker that serves. */
  private heirOf({host, alive}: Process, address: number): Process | undefined {
    const others = this.world.fleetOf(host).hosts.filter(other => other !== host && other.answersProbes)
    return alive ? others[mix32(address) % others.length]?.current : undefined
  }
}
