import {Bug} from '../../engine/assert.ts'
import {Condition, type Script, sleep, until} from '../../engine/script.ts'
import type {Duration} from '../../engine/time.ts'
import type {ActorId} from '../events.ts'
import type {Prober} from '../l4/prober.ts'
import type {PostFault, TierOptions} from '../options.ts'
import type {Upstream} from '../proxy/upstream.ts'
import type {StoreNode} from '../store/node.ts'
import {UdpPort} from '../udp/port.ts'
import type {World} from '../world.ts'
import {Cpu} from './cpu.ts'
import {memoryOf} from './memory.ts'
import {Process} from './process.ts'
import type {ListeningSocket} from './socket.ts'
import {TcpPort} from './tcp-port.ts'

/** A machine of one tier: it has cores and listening sockets, and during a release it may run two processes. */
export class Host {
  readonly name: string
  readonly tier: string
  /** Counted from 0 within its tier. */
  readonly index: number
  readonly actor: ActorId
  readonly options: TierOptions
  readonly cpu: Cpu
  /** Every balancer in front has it in its ring, or none has. */
  readonly inRotation = new Condition(true)
  readonly outOfRotation = new Condition(false)
  /** Nobody needs to wait for its return: it is in rotation, or has left the pool for good. */
  readonly returned = new Condition(true)
  /** It has left the pool for good, and holds nothing more. */
  readonly empty = new Condition()
  /** It has left the pool for good. */
  removed = false
  /** Those that live, oldest first. */
  readonly processes: Process[] = []
  /** The VIP's TCP port. */
  readonly tcp = new TcpPort()
  /** The VIP's UDP port, if the tier has one. */
  readonly udp?: UdpPort
  readonly probers: Prober[] = []
  /** Where it passes requests on to, if it is a proxy. */
  readonly upstreams: Upstream[] = []
  readonly power = new Condition(true)
  /** It is not booting by itself after a power cut. */
  readonly recovered = new Condition(true)
  /** Processes that were ever started here. */
  generations = 0
  /** Connections that its processes hold. */
  connections = 0
  /** Connections that nobody told a balancer are no more: those of a host without power, and tries to reach it. */
  private ghosts = 0
  /** Answers that are worked out or wait for a core. */
  jobs = 0
  peakMemory = 0
  /** What is wrong with the POSTs that it hands back, if anything is. */
  postFault?: PostFault | undefined
  /** What runs here, if its tier is a store. */
  node?: StoreNode
  current!: Process
  /** Operators who are at work on it. */
  private attendants = 0
  /** Faults of a kind that it has at the moment. */
  private outages = 0
  private stalls = 0
  private readonly world: World
  /** The most probers that it ever had: those who leave it believe in it no more. */
  private observers = 0

  constructor(world: World, tier: string, index: number, options: TierOptions) {
    this.world = world
    this.tier = tier
    this.name = `${tier}.${index}`
    this.index = index
    this.options = options
    this.actor = world.actor(this.name, 'host')
    this.cpu = new Cpu(options.cores, world.options.end, world.options.resolution)
    if (options.udp !== undefined) this.udp = new UdpPort(options.udp.sockets)
  }

  get powered(): boolean {
    return this.power.holds
  }

  /**
   * Starts the fleet's version beside whatever runs, and returns once it has initialised itself. If the power fails it
   * begins again when that is back.
   */
  *boot(): Script<Process> {
    for (;;) {
      yield* until(this.power)
      const fresh = yield* this.start(this.world.fleetOf(this).version)
      if (fresh.alive) return fresh
    }
  }

  /** An operator is at work here: should power fail meanwhile, it is they who boot it, and not the machine by itself. */
  *attended(work: Script): Script {
    yield* until(this.recovered)
    this.attendants++
    yield* work
    this.attendants--
    if (this.powered && !this.removed && this.processes.length === 0) yield* this.recover()
  }

  /** Power is back: it boots what it ran before. */
  private *recover(): Script {
    this.recovered.set(false)
    const fresh = yield* this.start(this.current.version)
    // Whoever has taken the host out of its tier meanwhile has no use for it.
    if (this.removed) fresh.kill()
    fresh.listen()
    fresh.answerHealthChecks()
    this.recovered.set(true)
  }

  /** Starts the fleet's version beside whatever runs, and does not wait until it is ready. Without power it never is. */
  launch(): Process {
    const fresh = this.add(this.world.fleetOf(this).version)
    if (this.powered) this.world.sim.start(this.initialise(fresh))
    return fresh
  }

  private *start(version: number): Script<Process> {
    const fresh = this.add(version)
    this.current ??= fresh
    yield* this.initialise(fresh)
    return fresh
  }

  private *initialise(fresh: Process): Script {
    const {time, cores} = this.options.boot
    const takes = time.sample(this.world.sim.random(`boot/${this.name}`)) + (this.node?.loadTime ?? 0)
    for (let core = 0; core < Math.min(cores, this.cpu.cores); core++) this.cpu.book(this.world.sim.now, takes)
    yield* sleep(takes)
    fresh.booted()
    if (fresh.alive) this.current = fresh
  }

  /** A process that is there before the run begins. */
  startAtOnce(version: number): void {
    this.current = this.add(version)
    this.current.booted()
    this.current.warmUp.end()
    this.current.listen()
    this.current.answerHealthChecks()
  }

  private add(version: number): Process {
    const process = new Process(this.world, this, version)
    this.processes.push(process)
    this.remember()
    return process
  }

  /** The one of its upstreams that leads to `tier`. */
  upstreamTo(tier: string): Upstream {
    for (const upstream of this.upstreams) if (upstream.to === tier) return upstream
    throw new Bug(`${this.name} passes nothing on to ${tier}`)
  }

  /** All sockets that listen on the VIP here. */
  get sockets(): readonly ListeningSocket[] {
    return this.tcp.sockets
  }

  /**
   * From now on new flows go to the sockets of `working`, and those of others keep what they have: a BPF program picks
   * the socket (`BPF_PROG_TYPE_SK_REUSEPORT`, with a `REUSEPORT_SOCKARRAY` and a map from flow to socket).
   */
  steerTo(working: Process): void {
    this.tcp.steerTo(working)
    this.udp?.steerTo(working)
  }

  bind(owner: Process): void {
    this.tcp.add(this.world.addSocket(owner, this.options.backlog))
  }

  /** Closes one socket. Whoever is in its queue gets a reset; of a host without power nobody is told. */
  close(socket: ListeningSocket): void {
    this.tcp.remove(socket)
    if (this.powered) this.world.handshake.resetQueue(socket)
    else this.world.handshake.loseQueue(socket)
  }

  /** What a probe gets: an answer from a process that accepts and says that it is well. */
  get answersProbes(): boolean {
    const answers = this.sockets.some(socket => socket.attended && socket.owner.answersHealthChecks)
    return this.powered && answers && !this.world.gates.leavesUnanswered(this)
  }

  /** Something keeps all cores busy from now on, for `lasts`, and whoever probes waits for that long. */
  *overload(lasts: Duration): Script {
    this.cpu.occupy(this.world.sim.now, lasts)
    this.changed()
    yield* sleep(lasts)
    this.changed()
  }

  /** Whether anybody sends it work, and asks whether it is well before; workers of a queue fetch theirs. */
  get isProbed(): boolean {
    return this.probers.length > 0
  }

  /** Nobody says a word to a probe: there is no power, or the kernel takes its connection and the process hangs. */
  get silent(): boolean {
    return !this.powered || this.sockets.some(socket => !socket.attended && (socket.left || socket.owner.alive))
  }

  /** Whether new work reaches it and is accepted. */
  private get able(): boolean {
    return this.powered && !this.outOfRotation.holds && this.sockets.some(({attended}) => attended)
  }

  /** Something that probes or capacity depend on may be different now. */
  changed(): void {
    this.cpu.away = !this.able
    for (const prober of this.probers) prober.wake()
    this.world.gates.changed(this.tier)
    this.node?.changed()
  }

  ended(process: Process): void {
    this.processes.splice(this.processes.indexOf(process), 1)
    const other = this.processes.findLast(({state}) => state !== 'booting')
    if (process === this.current && other !== undefined) this.current = other
    this.changed()
  }

  /** One prober has changed its mind, or there is one more or less. */
  rotated(): void {
    const up = this.probers.filter(prober => prober.up).length
    this.inRotation.set(up === this.probers.length && !this.removed)
    this.outOfRotation.set(up === 0 && (this.removed || this.probers.length > 0))
    this.returned.set(this.inRotation.holds || this.removed)
    this.empty.set(this.removed && this.connections === 0)
    this.cpu.away = !this.able
    this.observers = Math.max(this.observers, this.probers.length)
    // Nobody probes the nodes of a store: their clients find them by a name.
    const share = this.node === undefined ? up / Math.max(1, this.observers) : Number(!this.removed)
    this.world.control({kind: 'rotation', host: this.actor, share})
  }

  /** Connections as a balancer counts them. */
  get load(): number {
    return this.connections + this.ghosts
  }

  /** It has left the pool, and nothing runs on it any more. */
  get gone(): boolean {
    return this.removed && this.processes.length === 0
  }

  /** Somebody tries to reach it, and it is without power. */
  ghost(): void {
    this.ghosts++
  }

  took(connections: number): void {
    this.connections += connections
    this.empty.set(this.removed && this.connections === 0)
    if (connections > 0) this.remember()
  }

  /** Takes down what memory is used now, if it is more than ever. */
  remember(): void {
    this.peakMemory = Math.max(this.peakMemory, memoryOf(this))
  }

  /** The processes that run now hang, or go on when no other fault has them hang. */
  stall(begins: boolean): void {
    this.stalls += begins ? 1 : -1
    for (const process of this.processes) process.stall(this.stalls > 0)
  }

  losePower(): void {
    if (this.outages++ > 0) return
    this.power.set(false)
    this.ghosts = this.connections
    for (const process of [...this.processes]) process.vanish()
    for (const socket of [...this.sockets]) this.close(socket)
    this.udp?.closeAll()
    this.cpu.forget(this.world.sim.now)
    this.world.control({kind: 'power', host: this.actor, on: false})
    this.changed()
  }

  regainPower(): void {
    if (--this.outages > 0) return
    this.power.set(true)
    this.ghosts = 0
    this.world.control({kind: 'power', host: this.actor, on: true})
    if (this.attendants === 0 && !this.removed) this.world.sim.start(this.recover())
  }
}
