import type {Kind, Timer} from '../engine/simulator.ts'
import {noTimer} from '../engine/simulator.ts'
import type {Duration, Time} from '../engine/time.ts'
import {type Connections, State} from './connections.ts'
import {type Cause, type Closing, causeOf, causes, type Outcome} from './events.ts'
import type {Process} from './host/process.ts'
import type {World} from './world.ts'

/** How it is called when patience ends, where nobody has simply waited in vain. */
const lateOutcomes: Readonly<Partial<Record<Cause, Outcome>>> = {'gave-up': 'aborted', 'front-timeout': 'failed'}

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
  readonly served: Kind
  private readonly giveUp: Kind

  constructor(world: World) {
    const {sim} = world
    this.world = world
    this.connections = world.connections
    this.reach = sim.kind('reach', row => this.reached(row), 'routine')
    this.body = sim.kind('body', row => this.uploaded(row), 'routine')
    this.served = sim.kind('served', row => this.answered(row), 'routine')
    this.giveUp = sim.kind('give-up', row => this.givenUp(row), 'routine')
  }

  /** A process has accepted the connection, and at `ready` what the client asks for is there. */
  accepted(row: number, ready: Time): void {
    this.world.clientOf(row).connected(row)
    this.ask(row, ready)
  }

  /** The process knows at `ready` what the client wants, and passes it on if another tier answers. */
  ask(row: number, ready: Time): void {
    this.passOn(row, ready)
  }

  /** Whoever has the row sends it on its way to the next tier at `ready`, or once it has the whole of a body it keeps. */
  passOn(row: number, ready: Time): void {
    const client = this.world.clientOf(row)
    const depth = this.connections.streams.depthOf(row)
    const keeps = client.keepsBody(depth)
    const body = keeps ? client.bodyTime(row) : 0
    if (keeps) this.world.posts.buffer(row, this.world.relay.holder(row).host, body)
    this.reachAt(row, ready + body + client.wayOn(depth))
  }

  /** The row comes to the next tier at `at`. */
  reachAt(row: number, at: Time): void {
    this.connections.state[row] = State.asking
    this.step(row, at, this.reach)
  }

  private reached(row: number): void {
    const {relay} = this.world
    if (this.world.clientOf(row).keepsBody(this.connections.streams.depthOf(row))) this.world.posts.bufferIsWhole(row)
    if (relay.isUnderway(row) && !relay.pass(row)) return
    if (relay.holder(row).accepts) return this.read(row)
    this.connections.state[row] = State.unread
    this.waitInVain(row)
  }

  /** Whoever has it passes it on, or begins to work on the answer. */
  private read(row: number): void {
    if (!this.world.relay.isUnderway(row)) return this.begin(row)
    const proxy = this.world.relay.holder(row)
    const cost = this.requestCost(proxy)
    this.passOn(row, proxy.host.cpu.book(this.world.sim.now, cost) + cost)
  }

  /** Whoever answers has read what is asked for. */
  private begin(row: number): void {
    const c = this.connections
    const client = this.world.clientOf(row)
    if (!client.asks) {
      this.world.gates.begins(row, this.world.sim.now)
      return client.reached(row)
    }
    const streamed = this.world.posts.of(row) !== undefined && !client.keptBefore(client.path.length - 1)
    const body = streamed ? this.world.replay.flow(row) : 0
    if (body === 0) return this.serve(row)
    c.state[row] = State.uploading
    this.step(row, this.world.sim.now + body, this.body)
    this.world.replay.handBackIfPartial(row)
  }

  /** The whole request is there; where there is a database, that is asked first. */
  private serve(row: number): void {
    if (this.world.queries?.begin(row) !== true) this.work(row)
  }

  /** The database has said what was asked of it. */
  informed(row: number): void {
    this.world.sim.cancel(this.connections.timer[row]!)
    if (this.world.relay.holder(row).accepts) this.work(row)
    else this.hang(row)
  }

  /** First come, first served: the moment of the answer is known as soon as work on it may begin. */
  private work(row: number): void {
    const c = this.connections
    const {now} = this.world.sim
    const server = this.world.relay.holder(row)
    const {host} = server
    if (!this.world.clientOf(row).finds(row, server)) return this.fail(row, 'asset-gone')
    if (host.jobs - host.cpu.cores >= host.options.queue) return this.fail(row, 'queue-full')
    const parse = c.streams.depthOf(row) === 0 ? 0 : host.options.cpu.request
    const cost = Math.round((c.work[row]! + parse) * server.warmUp.slowdown(host.cpu.startsAt(now)))
    const start = host.cpu.book(now, cost)
    c.state[row] = State.serving
    host.jobs++
    this.world.gates.begins(row, start)
    this.step(row, start + cost, this.served)
  }

  private uploaded(row: number): void {
    if (this.world.relay.holder(row).accepts) this.serve(row)
    else this.hang(row)
  }

  /** The process hangs, and begins the answer anew when it goes on. */
  private hang(row: number): void {
    const c = this.connections
    if (c.state[row] === State.serving) this.world.relay.holder(row).host.jobs--
    c.state[row] = State.unanswered
    this.waitInVain(row)
  }

  private answered(row: number): void {
    if (!this.world.relay.holder(row).accepts) return this.hang(row)
    const c = this.connections
    const client = this.world.clientOf(row)
    this.world.posts.complete(row)
    this.world.relay.answered(row)
    const arrives = this.world.sim.now + client.wayBack(client.path.length - 1)
    if (arrives <= c.answerBy[row]!) client.answered(row, arrives - c.startedAt[row]!)
    else this.waitInVain(row)
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
    this.world.clientOf(row).failed(row, lateOutcomes[cause] ?? 'timed-out', cause, 0)
  }

  /** A request gets a 5xx answer, and its connection is closed with it. */
  fail(row: number, cause: Cause): void {
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
    this.world.gates.leaves(row)
    this.world.posts.release(row)
    if (state === State.halfOpen) c.held.remove(socket!.halfOpen, row)
    else if (state === State.queued || state === State.stuck) c.held.remove(socket!.queue, row)
    else if (c.process[row] !== -1) {
      if (c.opened[row] === 1) this.world.clientOf(row).parts(row, how)
      this.world.relay.leave(row)
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

  /** The process reads again what came while it hung, and its threads have time for jobs. */
  resume(process: Process): void {
    this.world.offerJobs(process.host)
    const {held, streams} = this.connections
    for (const row of held.rows(process.held)) this.world.clientOf(row).resumed(row)
    for (const row of [...held.rows(process.held), ...streams.of(process).map(({row}) => row)]) {
      const state = this.connections.state[row]!
      if (this.world.relay.holder(row) !== process || (state !== State.unread && state !== State.unanswered)) continue
      this.world.sim.cancel(this.connections.timer[row]!)
      if (state === State.unread) this.read(row)
      else this.serve(row)
    }
  }

  /** Core time for a request that comes on a connection that stands. */
  requestCost(process: Process): Duration {
    return Math.round(process.host.options.cpu.request * process.warmUp.slowdown(this.world.sim.now))
  }
}
