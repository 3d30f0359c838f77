import type {Connections} from '../connections.ts'
import {State} from '../connections.ts'
import type {Process} from '../host/process.ts'
import {mix32} from '../murmur3.ts'
import type {World} from '../world.ts'
import type {Hop, Search} from './upstream.ts'

/**
 * What proxies do for those who connected to them: they pass it on, tier by tier, and have an answer for it when whoever
 * they passed it to goes away.
 */
export class Relay {
  private readonly world: World
  private readonly connections: Connections

  constructor(world: World) {
    this.world = world
    this.connections = world.connections
  }

  /** Whether the row is still on its way to the tier that answers. */
  isUnderway(row: number): boolean {
    return this.depthOf(row) < this.world.clientOf(row).path.length - 1
  }

  private depthOf(row: number): number {
    return this.connections.streams.depthOf(row)
  }

  /** The process that has the row at `depth`; at 0 that is the one that accepted its connection. */
  holderAt(row: number, depth: number): Process {
    const {process, streams} = this.connections
    return this.world.processes[depth === 0 ? process[row]! : streams.at(row, depth)]!
  }

  /** The process that has the row now; in the end the one that answers. */
  holder(row: number): Process {
    return this.holderAt(row, this.depthOf(row))
  }

  /** All that have the row, from the one that accepted its connection on. */
  holders(row: number): readonly Process[] {
    return Array.from({length: this.depthOf(row) + 1}, (_, depth) => this.holderAt(row, depth))
  }

  /** Whether it is so of anybody that has the row, from the one that accepted its connection on. */
  anyHolder(row: number, is: (process: Process) => boolean): boolean {
    for (let depth = this.depthOf(row); depth >= 0; depth--) if (is(this.holderAt(row, depth))) return true
    return false
  }

  /** What leads from whoever has the row to the next tier. */
  upstream(row: number, depth = this.depthOf(row)) {
    return this.holderAt(row, depth).host.upstreamTo(this.world.clientOf(row).path[depth + 1]!.tier)
  }

  /**
   * Gives the row to a process of the next tier. False if there was nobody to give it to, or not yet. Those that are there
   * when the run begins passed its gate long ago.
   */
  pass(row: number, isGated = true): boolean {
    const c = this.connections
    const {gates} = this.world
    const upstream = this.upstream(row)
    const {host} = this.holder(row)
    if (isGated && !gates.admits(row, host, upstream)) return false
    const search = this.searchFor(row)
    const choice = upstream.choose(this.holder(row), search)
    c.hops[row] = search.tried
    c.silent[row] = search.silent
    if (choice === 'none' && this.isReplayed(row)) this.world.exchange.fail(row, 'replay-exhausted')
    else if (choice === 'none') gates.finds(row, host, upstream)
    else if ('again' in choice) this.world.exchange.reachAt(row, choice.again)
    else this.give(row, choice.server, choice.fresh)
    return typeof choice === 'object' && 'server' in choice
  }

  private isReplayed(row: number): boolean {
    return (this.world.posts.of(row)?.replays ?? 0) > 0
  }

  /** What a proxy knows when it looks for a process of the next tier. */
  searchFor(row: number, wanted: Search['wanted'] = 'takes'): Search {
    const c = this.connections
    return {
      hash: c.hash[row]!,
      user: mix32(c.address[row]!),
      since: c.startedAt[row]!,
      version: this.world.clientOf(row).versionFor(row),
      wanted,
      tried: c.hops[row]!,
      silent: c.silent[row]!,
    }
  }

  /** Others take the place of the processes that have the row from `depth` on. */
  moveTo(row: number, depth: number, way: readonly Hop[]): void {
    this.leave(row, depth - 1)
    for (const {server, fresh} of way) this.give(row, server, fresh)
  }

  private give(row: number, server: Process, fresh: boolean): void {
    const {sim, gates} = this.world
    gates.taken(row)
    this.connections.streams.push(row, server)
    server.host.took(1)
    server.recount()
    // What stands at the beginning was opened long before.
    if (fresh && sim.now > 0) server.host.cpu.book(sim.now, server.host.options.cpu.handshake)
    if (this.isUnderway(row)) this.forgetTries(row)
  }

  /** Nobody has been tried for what `row` asks now. */
  forgetTries(row: number): void {
    this.connections.hops[row] = 0
    this.connections.silent[row] = -1
  }

  /** Whoever passed something on to `server` waits for it no longer, and answers 504. */
  abandon(server: Process): void {
    for (const {row} of this.connections.streams.of(server))
      if (this.world.clientOf(row).asks) this.world.exchange.fail(row, 'drain-timeout')
  }

  /** The answer went out: the way to whoever gave it is free for the next request. */
  answered(row: number): void {
    const depth = this.depthOf(row)
    const server = this.holder(row)
    this.leave(row)
    if (depth === 0) return
    const proxy = this.holderAt(row, depth - 1)
    proxy.host.upstreamTo(server.host.tier).done(proxy, server)
  }

  /** Nobody behind the process at `depth` has anything more to do with the row. */
  leave(row: number, depth = 0): void {
    const c = this.connections
    if (c.state[row] === State.serving) {
      const {host} = this.holder(row)
      host.jobs--
      this.world.gates.served(host)
      c.state[row] = State.asking
    }
    if (c.state[row] === State.querying) this.world.queries?.abandon(row)
    while (this.depthOf(row) > depth) {
      const process = this.holder(row)
      c.streams.pop(row, process)
      process.host.took(-1)
      process.recount()
    }
  }

  /** The process that has a row at `depth` is gone; the proxy before it may still have somewhere else to go with it. */
  lost(row: number, depth: number): void {
    const c = this.connections
    const client = this.world.clientOf(row)
    if (!client.asks) {
      this.world.exchange.detach(row, 'broken')
      const cause = depth < client.path.length - 1 ? 'proxy-killed' : 'server-killed'
      client.failed(row, 'reset', cause, client.wayBack(depth - 1))
    } else if (this.mayRepeat(row, depth - 1)) {
      this.world.sim.cancel(c.timer[row]!)
      this.leave(row, depth - 1)
      c.hops[row]!++
      this.world.exchange.reachAt(row, this.world.sim.now + client.wayOn(depth - 1))
    } else this.world.exchange.fail(row, c.state[row] === State.returning ? 'replay-miscounted' : 'server-lost')
  }

  private mayRepeat(row: number, depth: number): boolean {
    const {retryIdempotent, redispatch} = this.upstream(row, depth).options
    return retryIdempotent && this.world.clientOf(row).isWhole(row, depth) && this.connections.hops[row]! < redispatch
  }
}
