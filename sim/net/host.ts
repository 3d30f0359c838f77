import {Condition, type Script, sleep} from '../engine/script.ts'
import {Cpu} from './cpu.ts'
import type {ActorId} from './events.ts'
import type {TierOptions} from './options.ts'
import type {Prober} from './prober.ts'
import {Process} from './process.ts'
import type {ListeningSocket} from './socket.ts'
import type {World} from './world.ts'

/** A machine of one tier: it has cores and listening sockets, and during a release it may run two processes. */
export class Host {
  readonly name: string
  /** Counted from 0 within its tier. */
  readonly index: number
  readonly actor: ActorId
  readonly options: TierOptions
  readonly cpu: Cpu
  /** Every balancer in front has it in its ring, or none has. */
  readonly inRotation = new Condition(true)
  readonly outOfRotation = new Condition(false)
  /** Those that live, oldest first. */
  readonly processes: Process[] = []
  /** All sockets that are bound to the VIP here: the SO_REUSEPORT group. */
  readonly sockets: ListeningSocket[] = []
  readonly probers: Prober[] = []
  powered = true
  /** Processes that were ever started here. */
  generations = 0
  /** Connections that its processes hold. */
  connections = 0
  /** Answers that are worked out or wait for a core. */
  jobs = 0
  peakMemory = 0
  current!: Process
  private readonly world: World
  private readonly waitForPort: (() => void)[] = []

  constructor(world: World, tier: string, index: number, options: TierOptions) {
    this.world = world
    this.name = `${tier}.${index}`
    this.index = index
    this.options = options
    this.actor = world.actor(this.name, 'host')
    this.cpu = new Cpu(options.cores, world.options.end, world.options.resolution)
  }

  /** Starts the fleet's version beside whatever runs, and returns once it has initialised itself. */
  *boot(): Script<Process> {
    return yield* this.start(this.world.fleetOf(this).version)
  }

  /** Power comes back: it boots what it ran before. */
  *recover(): Script {
    const fresh = yield* this.start(this.current.version)
    fresh.listen()
    fresh.answerHealthChecks()
  }

  private *start(version: number): Script<Process> {
    const {time, cores} = this.options.boot
    const fresh = this.add(version)
    const takes = time.sample(this.world.sim.random(`boot/${this.name}`))
    for (let core = 0; core < Math.min(cores, this.cpu.cores); core++) this.cpu.book(this.world.sim.now, takes)
    yield* sleep(takes)
    fresh.booted()
    if (fresh.alive) this.current = fresh
    return fresh
  }

  /** A process that is there before the run begins. */
  startAtOnce(version: number): void {
    this.current = this.add(version)
    this.current.booted()
    this.current.warm()
    this.current.listen()
    this.current.answerHealthChecks()
  }

  private add(version: number): Process {
    const process = new Process(this.world, this, version)
    this.processes.push(process)
    this.remember()
    return process
  }

  /** The socket that a flow falls to: `socks[reciprocal_scale(hash, n)]` (Linux `net/core/sock_reuseport.c`). */
  socketFor(hash: number): ListeningSocket | undefined {
    const {sockets} = this
    return sockets[sockets.length === 1 ? 0 : Math.floor((hash / 2 ** 32) * sockets.length)]
  }

  bind(owner: Process): void {
    this.sockets.push(this.world.addSocket(owner, this.options.backlog))
  }

  /** Closes one socket; the last of the group moves into its place, as in the kernel. */
  close(socket: ListeningSocket): void {
    this.loseSocket(socket)
    this.world.handshake.resetQueue(socket)
  }

  loseSocket(socket: ListeningSocket): void {
    const slot = this.sockets.indexOf(socket)
    const last = this.sockets.pop()!
    if (last !== socket) this.sockets[slot] = last
    if (this.sockets.length === 0) for (const bind of this.waitForPort.splice(0)) bind()
  }

  /** The port is in use until every socket on it is closed (EADDRINUSE); whoever asks is told then. */
  whenPortIsFree(bind: () => void): void {
    this.waitForPort.push(bind)
  }

  /** What a probe gets: an answer from a process that accepts and says that it is well. */
  get answersProbes(): boolean {
    return this.powered && this.sockets.some(({owner}) => owner.accepts && owner.answersHealthChecks)
  }

  /** Something that probes or capacity depend on may be different now. */
  changed(): void {
    for (const prober of this.probers) prober.wake()
  }

  ended(process: Process): void {
    this.processes.splice(this.processes.indexOf(process), 1)
    this.changed()
  }

  /** One prober has changed its mind. */
  rotated(): void {
    const up = this.probers.filter(prober => prober.up).length
    this.inRotation.set(up === this.probers.length)
    this.outOfRotation.set(up === 0)
    this.world.control({kind: 'rotation', host: this.actor, share: up / this.probers.length})
  }

  took(connections: number): void {
    this.connections += connections
    if (connections > 0) this.remember()
  }

  private remember(): void {
    const {process, connection} = this.options.memory
    this.peakMemory = Math.max(this.peakMemory, this.processes.length * process + this.connections * connection)
  }

  stall(stalls: boolean): void {
    for (const process of this.processes) process.stall(stalls)
    this.world.control({kind: 'stall', host: this.actor, on: stalls})
  }

  losePower(): void {
    this.powered = false
    for (const process of [...this.processes]) process.vanish()
    this.cpu.forget(this.world.sim.now)
    this.world.control({kind: 'power', host: this.actor, on: false})
    this.changed()
  }

  regainPower(): void {
    this.powered = true
    this.world.control({kind: 'power', host: this.actor, on: true})
    this.world.sim.start(this.recover())
  }
}
