import {type Script, sleep} from '../../engine/script.ts'
import {type Duration, seconds} from '../../engine/time.ts'
import type {MqttClient} from '../client/mqtt.ts'
import {type Connections, State} from '../connections.ts'
import {type TunnelMessage, tunnelMessageOf} from '../events.ts'
import type {Process} from '../host/process.ts'
import {isMqtt} from '../parts.ts'
import type {World} from '../world.ts'
import type {Hop, Upstream} from './upstream.ts'

/** A tunnel that is asked to move, and how far in its path the process is that asks. */
interface Moving {
  readonly row: number
  readonly depth: number
  readonly leaving: Process
  /** Which of its client's connections it is. */
  readonly attempt: number
  readonly client: MqttClient
}

/** Where nobody can be reached at the moment, one tries again. */
const tryAgain = seconds(1)

/**
 * Downstream Connection Reuse (Zero Downtime Release, section 4.2). A proxy only relays a tunnel, so any other that
 * reaches the same broker will do; the broker is found by the user's id.
 *
 *     Edge               Origin that leaves     another Origin            broker
 *      │◄─ reconnect_solicitation ─┤                   │                     │
 *      ├────────────── re_connect, user id ───────────►├──── re_connect ────►│ has the context: binds it to the new way
 *      │◄──────────── connect_ack (or connect_refuse) ─┴◄────────────────────┤ (or has none: the Edge drops its client)
 */
export class ConnectionReuse {
  private readonly world: World
  private readonly connections: Connections
  /** Tunnels that would have been asked to move if they had come over HTTP/2, by tier. */
  readonly unasked = new Map<string, number>()

  constructor(world: World) {
    this.world = world
    this.connections = world.connections
  }

  /** `leaving` asks for all its tunnels to be moved, one after the other, in `over`. */
  *solicit(leaving: Process, over: Duration): Script {
    const {held, streams} = this.connections
    const clients = held.rows(leaving.held).flatMap(row => this.tunnel(row, 0, leaving))
    const passed = streams.of(leaving).flatMap(({row, depth}) => this.tunnel(row, depth, leaving))
    const tunnels = [...clients, ...passed]
    for (const tunnel of tunnels) {
      if (this.isThere(tunnel)) this.world.sim.start(this.move(tunnel))
      yield* sleep(Math.round(over / tunnels.length))
    }
  }

  /** A tunnel that came about through processes that are already on their way out is asked at once. */
  joined(row: number): void {
    for (const [depth, process] of this.world.relay.holders(row).entries())
      if (process.solicits)
        for (const tunnel of this.tunnel(row, depth, process)) this.world.sim.start(this.move(tunnel))
  }

  /** Only an open tunnel of MQTT has its state elsewhere; only proxies in HTTP/2 can be asked, and clients that take part. */
  private tunnel(row: number, depth: number, leaving: Process): Moving[] {
    const client = this.world.clientOf(row)
    if (!isMqtt(client) || this.connections.state[row] !== State.open) return []
    if (depth === 0 ? !client.options.resumes : !this.isInHttp2(row, depth, leaving)) return []
    return [{row, depth, leaving, attempt: this.connections.attempts[row]!, client}]
  }

  /** Without HTTP/2 there is nothing to ask in, which is worth a warning. */
  private isInHttp2(row: number, depth: number, {host}: Process): boolean {
    const [proxy] = this.world.relay.holders(row).slice(depth - 1)
    if (this.upstream(proxy!, host.tier).options.http2 !== undefined) return true
    if (host.options.kind === 'proxy') this.unasked.set(host.tier, (this.unasked.get(host.tier) ?? 0) + 1)
    return false
  }

  /** Whether the tunnel is still what it was, through the process that leaves. */
  private isThere({row, depth, leaving, attempt}: Moving): boolean {
    const c = this.connections
    return c.opened[row] === 1 && c.attempts[row] === attempt && this.world.relay.holders(row)[depth] === leaving
  }

  /** The client of an Edge that leaves is asked in the connection that it has. */
  private *ask(tunnel: Moving): Script {
    const {row, client} = tunnel
    yield* sleep(client.link.transit())
    if (!this.isThere(tunnel)) return
    this.world.observer.message(this.world.sim.now, client.index, row, -1, tunnelMessageOf('reconnect-solicitation'))
    client.resume(row)
  }

  private *move(tunnel: Moving): Script {
    const {row, depth, client} = tunnel
    if (depth === 0) return yield* this.ask(tunnel)
    const edge = this.world.relay.holders(row)[depth - 1]!
    yield* sleep(client.path[depth]!.link.transit())
    if (!this.isThere(tunnel)) return
    this.tell('reconnect-solicitation', tunnel, edge)
    if (edge.host.options.movesTunnels === false) return
    const solicitedAt = this.world.sim.now
    const way = yield* this.reconnect(tunnel, edge)
    if (!this.isThere(tunnel)) return
    const boundAt = this.world.sim.now
    if (!this.hasContext(tunnel, way)) return yield* this.refuse(tunnel, edge)
    this.world.relay.moveTo(row, depth, way)
    const moved = {...tunnel, leaving: way[0]!.server}
    yield* sleep(client.wayFrom(depth - 1))
    if (!this.isThere(moved)) return
    this.tell('connect-ack', tunnel, edge)
    client.moved(row, depth - 1, {solicitedAt, boundAt})
  }

  /** `re_connect`, by way of processes that stay, as far as it comes before the tunnel is gone. */
  private *reconnect(tunnel: Moving, edge: Process): Script<readonly Hop[]> {
    const {depth, client} = tunnel
    const way: Hop[] = []
    while (this.isThere(tunnel) && depth + way.length < client.path.length) {
      const hop = this.next(tunnel, way.at(-1)?.server ?? edge, depth + way.length)
      if (hop === undefined && way.length > 0) return way
      if (hop === undefined) yield* sleep(tryAgain)
      else if (yield* this.reaches(tunnel, hop.server, depth + way.length)) way.push(hop)
    }
    return way
  }

  /** Who takes it from `proxy` to the tier at `depth`; undefined if there is nobody at the moment. */
  private next({row, client}: Moving, proxy: Process, depth: number): Hop | undefined {
    const choice = this.upstream(proxy, client.path[depth]!.tier).choose(
      proxy,
      this.world.relay.searchFor(row, 'stays'),
    )
    return typeof choice === 'object' && 'server' in choice ? choice : undefined
  }

  /** Whether there is somebody left to read it when it comes. */
  private *reaches(tunnel: Moving, server: Process, depth: number): Script<boolean> {
    yield* sleep(tunnel.client.path[depth]!.link.transit())
    if (!this.isThere(tunnel)) return false
    if (!server.accepts || server.leaving.holds) {
      yield* sleep(tryAgain)
      return false
    }
    this.tell('re-connect', tunnel, server)
    const cost = this.world.exchange.requestCost(server)
    const {now} = this.world.sim
    yield* sleep(server.host.cpu.book(now, cost) + cost - now)
    return true
  }

  private hasContext({row, depth, client}: Moving, way: readonly Hop[]): boolean {
    const isWhole = depth + way.length === client.path.length
    return isWhole && client.contexts.has(row, way.at(-1)!.server, this.world.sim.now)
  }

  /** The Edge drops its client, which comes back in the normal way. */
  private *refuse(tunnel: Moving, edge: Process): Script {
    const {row, depth, client} = tunnel
    yield* sleep(client.wayFrom(depth - 1))
    if (!this.isThere(tunnel)) return
    this.tell('connect-refuse', tunnel, edge)
    this.world.exchange.detach(row, 'broken')
    client.failed(row, 'reset', 'connect-refused', client.wayBack(depth - 1))
  }

  private upstream(proxy: Process, tier: string): Upstream {
    return proxy.host.upstreamTo(tier)
  }

  private tell(message: TunnelMessage, {client, row}: Moving, at: Process): void {
    this.world.observer.message(this.world.sim.now, client.index, row, at.actor, tunnelMessageOf(message))
  }
}
