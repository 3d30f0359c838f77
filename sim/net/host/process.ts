import {Condition} from '../../engine/script.ts'
import type {Duration} from '../../engine/time.ts'
import type {JobRun} from '../client/jobs.ts'
import type {ConnectionPool} from '../database/pool.ts'
import type {ActorId, ProcessState} from '../events.ts'
import type {PostAnswer} from '../posts/replay.ts'
import {UpstreamPool} from '../proxy/upstream-pool.ts'
import {RowList} from '../rows.ts'
import {PacketThreads} from '../udp/thread.ts'
import type {World} from '../world.ts'
import {atOnce, type ClosingLaw, Drain} from './drain.ts'
import type {Host} from './host.ts'
import type {ListeningSocket} from './socket.ts'
import {WarmUp} from './warm-up.ts'

/** One incarnation of the program on a host. It owns the connections that it accepted, and they end with it. */
export class Process {
  readonly id: number
  readonly actor: ActorId
  readonly host: Host
  readonly version: number
  /** No request, upload or tunnel is left on it; known only once it drains or is gone. */
  readonly idle = new Condition()
  /** It has initialised itself. */
  readonly ready = new Condition()
  /** The kernel has closed its last socket. A supervisor starts the next process then, not before. */
  readonly exited = new Condition()
  /** It drains or is gone: peers with a connection to it hear GOAWAY, FIN or RST. */
  readonly leaving = new Condition()
  /** Connections that it accepted from clients. */
  readonly held = new RowList()
  /** What its threads are at work on. */
  readonly jobs = new Set<JobRun>()
  /** Streams of what proxies passed on to it. */
  readonly served = new RowList()
  /** Idle connections to servers, if it is a proxy. */
  readonly pool = new UpstreamPool()
  /** Its connections to the database, if it uses one. */
  database?: ConnectionPool | undefined
  state: ProcessState = 'booting'
  /** Whether it asks for its tunnels to be moved. */
  solicits = false
  /** False while it is stalled: its sockets listen, and nobody accepts. */
  accepts = true
  answersHealthChecks = false
  /** How it closes connections, once it drains. */
  farewell?: Drain
  /** How cold its caches are. */
  readonly warmUp: WarmUp
  /** What reads its UDP sockets, if its tier has any. */
  readonly threads?: PacketThreads
  /** Its bit in the connection IDs that it issues, which changes with every start on this host. */
  readonly bit: number
  /** Whom it passes packets on to that are not its own, as far as their connection IDs tell. */
  forwardsTo?: Process | undefined
  /** Whether each packet that it sends leaves a buffer in the socket that nobody frees. */
  leaks = false
  /** What it answers to a POST whose body it does not have whole; undefined while it waits for the rest. */
  postAnswer?: PostAnswer
  private readonly world: World

  constructor(world: World, host: Host, version: number) {
    this.world = world
    this.host = host
    this.version = version
    this.id = world.addProcess(this)
    this.bit = host.generations % 2
    this.warmUp = new WarmUp(host.options.boot)
    this.actor = world.actor(`${host.name}#${host.generations++}`, 'process', host.actor)
    if (host.options.udp !== undefined) this.threads = new PacketThreads(host.cpu, host.options.udp)
    this.tell('booting')
  }

  get alive(): boolean {
    return this.state !== 'gone'
  }
  get draining(): boolean {
    return this.state === 'draining'
  }
  get sockets(): readonly ListeningSocket[] {
    return this.host.sockets.filter(socket => socket.owner === this && !socket.left)
  }

  /** It has initialised itself and can serve; its caches are as cold as they are. */
  booted(): void {
    if (!this.alive) return
    this.warmUp.begin(this.world.sim.now)
    this.tell('serving')
    this.ready.set(true)
    this.database = this.world.fleetOf(this.host).program?.openPool(this.world.sim.now)
    for (const upstream of this.host.upstreams) upstream.start(this)
    this.world.offerJobs(this.host)
  }

  /**
   * Binds the VIP; with `reuseport` beside the sockets that are bound there (`SO_REUSEPORT`, socket(7)). Its UDP sockets
   * are always bound beside others, for a process has several of them.
   */
  listen(how: {reuseport: boolean} = {reuseport: false}): void {
    if (!this.alive || this.sockets.length > 0) return
    const left = this.host.sockets.filter(socket => socket.left)
    if (left.length > 0) this.inherit(left)
    else if (!how.reuseport && this.host.sockets.length > 0) this.host.tcp.whenFree(() => this.listen())
    else this.bind()
  }

  /** The service manager, which kept the sockets, starts it with them (`LISTEN_FDS`, sd_listen_fds(3)). */
  private inherit(sockets: readonly ListeningSocket[]): void {
    for (const socket of sockets) {
      socket.owner = this
      socket.left = false
      this.world.handshake.resume(socket)
    }
    this.world.control({kind: 'listen', process: this.actor, on: true})
    this.host.changed()
  }

  /** The service manager has its listening sockets, too, from now on: they outlive it, and whoever comes is queued. */
  keepSockets(): void {
    for (const socket of this.sockets) socket.kept = true
  }

  private bind(): void {
    if (!this.alive) return
    this.host.bind(this)
    this.host.udp?.bind(this)
    this.world.control({kind: 'listen', process: this.actor, on: true})
    this.host.changed()
  }

  /**
   * close(2) on its listening sockets: unless they are kept, whoever is still in an accept queue is reset, whoever comes is
   * refused. UDP sockets stay open as long as the process lives: through them come the packets of its connections.
   */
  stopListening(): void {
    const {sockets} = this
    if (!this.alive || sockets.length === 0) return
    for (const socket of sockets) this.leave(socket)
    this.world.control({kind: 'listen', process: this.actor, on: false})
    this.host.changed()
  }

  /**
   * Gives its listening sockets, queues and all, to `heir` (`SCM_RIGHTS`, unix(7)): they are never closed. An heir that
   * finds nobody to ask for them binds its own. UDP sockets go the same way, or with `udp: false` the heir binds its own
   * beside them.
   */
  passSockets(heir: Process, {udp = true}: {udp?: boolean} = {}): void {
    if (!this.alive) return heir.listen()
    if (heir.alive && udp) this.host.udp?.pass(this, heir)
    else if (heir.alive) this.host.udp?.bind(heir)
    const {sockets} = this
    if (!heir.alive || sockets.length === 0) return
    for (const socket of sockets) {
      socket.owner = heir
      this.world.handshake.resume(socket)
    }
    this.world.control({kind: 'sockets', from: this.actor, to: heir.actor})
    this.host.changed()
  }

  /** Passes packets on that belong to another process of this host, by their connection IDs (Zero Downtime Release, 4.1). */
  forwardPacketsTo(other: Process): void {
    this.forwardsTo = other
  }

  /** It never reads one of the UDP sockets that it has, nor closes it. */
  leaveSocketUnread(): void {
    const orphaned = this.host.udp?.socketsOf(this).at(-1)
    if (orphaned !== undefined) orphaned.read = false
  }

  stopForwarding(): void {
    // `delete` would make a dictionary of a process that is asked about at every request.
    this.forwardsTo = undefined
  }

  answerHealthChecks(): void {
    this.setHealth(true)
  }

  failHealthChecks(): void {
    this.setHealth(false)
  }

  /** No new work: it stops listening, and closes idle connections and those that it has answered as `law` says. */
  drain(law: ClosingLaw = atOnce): void {
    if (!this.alive || this.draining) return
    this.stopListening()
    this.farewell = new Drain(law, this.world.sim.now, this.world.sim.random('drain'))
    this.tell('draining')
    this.world.severance.beginDrain(this, this.farewell)
    this.pool.drain()
    this.recount()
  }

  /** It answers every POST whose body it has not whole, now and from now on: a 379 hands back what there is of it. */
  handBackPosts(answer: PostAnswer = 379): void {
    if (!this.alive) return
    this.postAnswer = answer
    this.world.replay.handBackAll(this)
  }

  /** Asks the proxies before it to move its tunnels to others, one after the other in `over`. */
  solicitReconnects(over: Duration): void {
    if (!this.alive) return
    this.solicits = true
    this.world.sim.start(this.world.reuse.solicit(this, over))
  }

  /** SIGKILL: all breaks, and its sockets close one by one, listeners last; what proxies gave it may be `answered`: 504. */
  kill({answered = false} = {}): void {
    if (!this.alive) return
    if (answered) this.world.relay.abandon(this)
    const cause = this.draining ? 'killed-at-drain-end' : 'killed'
    const socketTime = this.host.options.closeTime
    const {sockets} = this
    this.tell('gone')
    this.accepts = false
    this.answersHealthChecks = false
    const broken = this.world.severance.breakAll(this, cause, socketTime)
    this.recount()
    if (!this.host.processes.some(process => process.alive)) this.host.cpu.forget(this.world.sim.now)
    for (const socket of sockets) this.world.handshake.suspend(socket)
    this.host.ended(this)
    this.world.exitIn(broken * socketTime, this)
  }

  /** close(2), which ends a socket that nobody else holds. */
  private leave(socket: ListeningSocket): void {
    if (!socket.kept) return this.host.close(socket)
    socket.left = true
    this.world.handshake.suspend(socket)
  }

  /** The last sockets that the kernel closes for it are those that it listened on. */
  exit(): void {
    for (const socket of this.sockets) this.leave(socket)
    this.host.udp?.close(this)
    this.host.changed()
    this.exited.set(true)
  }

  /** The power is gone: nobody is told anything. */
  vanish(): void {
    if (!this.alive) return
    this.tell('gone')
    this.accepts = false
    this.answersHealthChecks = false
    this.world.severance.loseAll(this)
    this.recount()
    this.host.ended(this)
    this.exited.set(true)
  }

  /** The process hangs, or runs again: its sockets take connections all the while. */
  stall(stalls: boolean): void {
    if (!this.alive || this.accepts !== stalls) return
    this.accepts = !stalls
    this.world.control({kind: 'stall', process: this.actor, on: stalls})
    for (const socket of this.sockets) this.world.handshake[stalls ? 'suspend' : 'resume'](socket)
    if (!stalls) this.world.exchange.resume(this)
    if (!stalls) this.world.replay.handBackAll(this)
    this.host.changed()
  }

  /** From now on it has the connection of `row`. */
  hold(row: number): void {
    const {connections} = this.world
    connections.process[row] = this.id
    connections.held.add(this.held, row)
    this.host.took(1)
    this.recount()
  }

  /** Whether a response that it gives now is the last of its connection. */
  partsNow(): boolean {
    return this.farewell?.endsWithResponse(this.world.sim.now) === true
  }

  /** What it has may have become more or less. */
  recount(): void {
    if (this.state === 'draining' || !this.alive)
      this.idle.set(this.held.size === 0 && this.served.size === 0 && this.jobs.size === 0)
  }

  private setHealth(answers: boolean): void {
    if (!this.alive || this.answersHealthChecks === answers) return
    this.answersHealthChecks = answers
    this.world.control({kind: 'health', process: this.actor, answers})
    this.host.changed()
  }

  private tell(state: ProcessState): void {
    this.state = state
    this.leaving.set(state === 'draining' || state === 'gone')
    this.world.control({kind: 'process', process: this.actor, state})
  }
}
