import type {Kind, Timer} from '../engine/simulator.ts'
import {noTimer} from '../engine/simulator.ts'
import type {Duration, Time} from '../engine/time.ts'
import {type Connections, State} from './connections.ts'
import {type Cause, type Closing, causeOf, causes} from './events.ts'
import type {Process} from './process.ts'
import type {World} from './world.ts'

/**
 * From accept(2) to the answer.
 *
 *     asking ──► reach ─┬─ request ─────────────────► serving ──► answered
 *        ▲              ├─ upload ──► uploading ──body──┘
 *     sending           └─ websocket ──► open ──► the user leaves
 *   (keep-alive)
 *
 * Every row waits for one event at a time, the next step or the end of its client's patience, whichever is first.
 */
export class Exchange {
  private readonly world: World
  private readonly connections: Connections
  private readonly reach: Kind
  private readonly body: Kind
  private readonly served: Kind
  private readonly giveUp: Kind

  constructor(world: World) {
    const {sim} = world
    this.world = world
    this.connections = world.connections
    this.reach = sim.kind('reach', row => this.reached(row))
    this.body = sim.kind('body', row => this.uploaded(row))
    this.served = sim.kind('served', row => this.answered(row))
    this.giveUp = sim.kind('give-up', row => this.givenUp(row))
  }

  /** A process has accepted the connection, and at `ready` what the client asks for is there. */
  accepted(row: number, ready: Time): void {
    this.world.clientOf(row).connected(row)
    this.ask(row, ready)
  }

  /** The process knows at `ready` what the client wants, and passes it on if another tier answers. */
  ask(row: number, ready: Time): void {
    const c = this.connections
    const client = this.world.clientOf(row)
    c.state[row] = State.asking
    const buffered = client.bufferedBody ? client.bodyTime(row) : 0
    this.step(row, ready + buffered + client.toTarget(), this.reach)
  }

  private reached(row: number): void {
    const client = this.world.clientOf(row)
    if (client.proxied && !this.giveToServer(row)) return
    if (this.answerer(row).accepts) return this.begin(row)
    this.connections.state[row] = State.unread
    this.waitInVain(row)
  }

  /** Whoever answers has read what is asked for. */
  private begin(row: number): void {
    const c = this.connections
    const client = this.world.clientOf(row)
    if (!client.asks) return client.reached(row)
    const body = client.bufferedBody ? 0 : client.bodyTime(row)
    if (body === 0) return this.serve(row)
    c.state[row] = State.uploading
    this.step(row, this.world.sim.now + body, this.body)
  }

  /** False if there was nobody to give it to, or not yet. */
  giveToServer(row: number): boolean {
    const c = this.connections
    const proxy = this.world.processes[c.process[row]!]!
    const upstream = this.world.upstreamOf(proxy.host)
    const search = {hash: c.hash[row]!, tried: c.hops[row]!, silent: c.silent[row]!}
    const choice = upstream.choose(proxy, search)
    c.hops[row] = search.tried
    c.silent[row] = search.silent
    if (choice === 'none') this.fail(row, 'no-server')
    else if (choice === 'silence') this.step(row, this.world.sim.now + upstream.options.connectTimeout, this.reach)
    else this.give(row, choice.server, choice.fresh)
    return typeof choice === 'object'
  }

  /** No server has been tried for what `row` asks now. */
  forgetHops(row: number): void {
    this.connections.hops[row] = 0
    this.connections.silent[row] = -1
  }

  private give(row: number, server: Process, fresh: boolean): void {
    const c = this.connections
    const {sim} = this.world
    c.server[row] = server.id
    c.served.add(server.served, row)
    server.host.took(1)
    server.recount()
    // What stands at the beginning was opened long before.
    if (fresh && sim.now > 0) server.host.cpu.book(sim.now, server.host.options.cpu.handshake)
  }

  /** First come, first served: the moment of the answer is known as soon as the request is there. */
  private serve(row: number): void {
    const c = this.connections
    const {now} = this.world.sim
    const server = this.answerer(row)
    const {host} = server
    if (host.jobs - host.cpu.cores >= host.options.queue) return this.fail(row, 'queue-full')
    const parse = c.server[row] === -1 ? 0 : host.options.cpu.request
    const cost = Math.round((c.work[row]! + parse) * server.slowdown(now))
    c.state[row] = State.serving
    host.jobs++
    this.step(row, host.cpu.book(now, cost) + cost, this.served)
  }

  private uploaded(row: number): void {
    if (this.answerer(row).accepts) this.serve(row)
    else this.hang(row)
  }

  /** The process hangs, and begins the answer anew when it goes on. */
  private hang(row: number): void {
    const c = this.connections
    if (c.state[row] === State.serving) this.answerer(row).host.jobs--
    c.state[row] = State.unanswered
    this.waitInVain(row)
  }

  private answered(row: number): void {
    if (!this.answerer(row).accepts) return this.hang(row)
    const c = this.connections
    const client = this.world.clientOf(row)
    const proxy = this.world.processes[c.process[row]!]!
    const server = this.answerer(row)
    this.leaveServer(row)
    if (server !== proxy) this.keepUpstream(proxy, server)
    const arrives = this.world.sim.now + client.fromTarget()
    if (arrives <= c.answerBy[row]!) client.answered(row, arrives - c.startedAt[row]!)
    else this.waitInVain(row)
  }

  private keepUpstream(proxy: Process, server: Process): void {
    const closes = server.draining && server.host.options.saysClose
    if (server.alive && !closes && this.world.upstreamOf(proxy.host).options.persistent) proxy.pool.give(server)
  }

  /** The next step of `row`, unless the client's patience ends before. */
  step(row: number, at: Time, kind: Kind): void {
    const c = this.connections
    if (at <= c.answerBy[row]!) c.timer[row] = this.world.sim.at(at, kind, row)
    else this.waitInVain(row)
  }

  /** Nothing comes before the client's patience ends. */
  waitInVain(row: number): void {
    const c = this.connections
    c.cause[row] = causeOf(this.world.clientOf(row).lateCause(row))
    c.timer[row] = this.giveUpAt(row, c.answerBy[row]!)
  }

  /** Never, if the client's patience has no end. */
  giveUpAt(row: number, at: Time): Timer {
    return at === Number.POSITIVE_INFINITY
      ? noTimer
      : this.world.sim.at(Math.max(at, this.world.sim.now), this.giveUp, row)
  }

  private givenUp(row: number): void {
    const cause = causes[this.connections.cause[row]!]!
    this.detach(row, 'done')
    this.world.clientOf(row).failed(row, cause === 'gave-up' ? 'aborted' : 'timed-out', cause, 0)
  }

  /** A request gets a 5xx answer, and its connection is closed with it. */
  private fail(row: number, cause: Cause): void {
    this.detach(row, 'done')
    this.world.clientOf(row).failed(row, 'failed', cause, this.world.clientOf(row).link.transit())
  }

  /** Takes the row out of whatever list holds it, with nothing to wait for; from then on it is the client's alone. */
  detach(row: number, how: Closing): void {
    this.world.sim.cancel(this.connections.timer[row]!)
    this.leave(row, how)
  }

  /** The same, but what was on its way still arrives. */
  leave(row: number, how: Closing): void {
    const c = this.connections
    const state = c.state[row]!
    const socket = this.world.sockets[c.process[row]!]
    if (state === State.halfOpen) c.held.remove(socket!.halfOpen, row)
    else if (state === State.queued || state === State.stuck) c.held.remove(socket!.queue, row)
    else if (c.process[row] !== -1) {
      this.leaveServer(row)
      this.leaveProcess(row, how)
    }
    c.process[row] = -1
  }

  private leaveProcess(row: number, how: Closing): void {
    const c = this.connections
    const process = this.world.processes[c.process[row]!]!
    c.held.remove(process.held, row)
    process.host.took(-1)
    if (c.opened[row] === 1) this.closed(row, process, how)
    process.recount()
  }

  private closed(row: number, process: Process, how: Closing): void {
    const c = this.connections
    c.opened[row] = 0
    if (how === 'broken') c.bounces[row]!++
    this.world.observer.closed(this.world.sim.now, c.workload[row]!, row, process.actor, how, c.bounces[row]!)
  }

  /** The server has nothing more to do with the row. */
  leaveServer(row: number): void {
    const c = this.connections
    if (c.state[row] === State.serving) {
      this.answerer(row).host.jobs--
      c.state[row] = State.asking
    }
    const server = c.server[row]!
    if (server === -1) return
    const process = this.world.processes[server]!
    c.served.remove(process.served, row)
    c.server[row] = -1
    process.host.took(-1)
    process.recount()
  }

  private answerer(row: number): Process {
    const c = this.connections
    return this.world.processes[c.server[row] === -1 ? c.process[row]! : c.server[row]!]!
  }

  /** A server is gone under a request of a proxy, which may still have somewhere else to go with it. */
  serverGone(row: number): void {
    const c = this.connections
    const client = this.world.clientOf(row)
    const upstream = this.world.upstreamOf(this.world.processes[c.process[row]!]!.host)
    if (!client.asks) {
      this.detach(row, 'broken')
      client.failed(row, 'reset', 'server-killed', client.link.transit())
    } else if (upstream.options.retryIdempotent && this.replayable(row) && c.hops[row]! < upstream.options.redispatch) {
      this.world.sim.cancel(c.timer[row]!)
      this.leaveServer(row)
      c.hops[row]!++
      c.state[row] = State.asking
      this.step(row, this.world.sim.now + client.toTarget(), this.reach)
    } else this.fail(row, 'server-lost')
  }

  /** Whether the proxy still has all of what was asked. */
  private replayable(row: number): boolean {
    const client = this.world.clientOf(row)
    return client.repeatable && (client.bufferedBody || client.bodyTime(row) === 0)
  }

  /** The process reads again what came while it hung. */
  resume(process: Process): void {
    const {held, served} = this.connections
    for (const row of held.rows(process.held)) this.world.clientOf(row).resumed(row)
    for (const row of [...held.rows(process.held), ...served.rows(process.served)]) {
      const state = this.connections.state[row]!
      if (this.answerer(row) !== process || (state !== State.unread && state !== State.unanswered)) continue
      this.world.sim.cancel(this.connections.timer[row]!)
      if (state === State.unread) this.begin(row)
      else this.serve(row)
    }
  }

  /** Core time for a request that comes on a connection that stands. */
  requestCost(process: Process): Duration {
    return Math.round(process.host.options.cpu.request * process.slowdown(this.world.sim.now))
  }
}
