import {type Script, sleep} from '../sim/engine/script.ts'
import type {Time} from '../sim/engine/time.ts'
import {State} from '../sim/net/connections.ts'
import {type ActorId, type Closing, type ControlEvent, fates} from '../sim/net/events.ts'
import type {Host} from '../sim/net/host/host.ts'
import type {Process} from '../sim/net/host/process.ts'
import type {StoreNode} from '../sim/net/store/node.ts'
import type {Store} from '../sim/net/store/store.ts'
import type {World} from '../sim/net/world.ts'
import type {Witness} from '../sim/simulate.ts'

/** What a client asked for, as far as that hangs on the client alone. */
export interface Wish {
  readonly workload: number
  readonly client: number
  readonly at: Time
}

/** Reads everybody's books while the world runs, and writes down what does not add up. */
export class Auditor implements Witness {
  /** One sentence for each thing that was wrong. */
  readonly findings: string[] = []
  /** All that was begun, in order. */
  readonly wishes: Wish[] = []
  /** By client, when a user means to leave. */
  readonly departures = new Map<number, Time>()
  /** By workload and number of a request within it, core time of its answer, once it has ended. */
  readonly work: Map<number, number>[] = []
  private readonly begun: number[] = []
  private readonly pending = new Map<number, {workload: number; number: number}>()
  private readonly open = new Map<number, ActorId>()
  private world!: World

  attach(world: World): void {
    this.world = world
    for (const _ of world.clients) this.work.push(new Map())
    world.sim.start(this.rounds())
  }

  control(at: Time, _event: ControlEvent): void {
    if (this.world !== undefined) this.expect(at === this.world.sim.now, () => `an event of ${at} was told later`)
  }

  started(at: Time, workload: number, row: number): void {
    this.expect(!this.pending.has(row), () => `row ${row} was started twice`)
    const number = this.begun[workload] ?? 0
    this.begun[workload] = number + 1
    this.pending.set(row, {workload, number})
    this.wishes.push({workload, client: this.client(row), at})
    if (!this.world.clients[workload]!.asks) this.departures.set(this.client(row), this.world.connections.span[row]!)
  }

  ended(_at: Time, workload: number, row: number, process: ActorId, outcome: number, cause: number, took: Time): void {
    const began = this.pending.get(row)
    this.expect(began?.workload === workload, () => `row ${row} ended and had not been started`)
    this.expect(Number.isInteger(took) && took >= 0, () => `row ${row} took ${took} µs`)
    this.expect((outcome === 0) === (cause === 0), () => `outcome ${outcome} had cause ${cause}`)
    this.expect(process === -1 || this.isProcess(process), () => `row ${row} ended at ${process}`)
    if (outcome === 0) this.lookAtPost(row)
    this.pending.delete(row)
    if (began !== undefined && this.world.clients[workload]!.asks)
      this.work[workload]!.set(began.number, this.world.connections.work[row]!)
  }

  opened(_at: Time, _workload: number, row: number, process: ActorId, took: Time): void {
    this.expect(!this.open.has(row), () => `row ${row} was opened twice`)
    this.expect(took >= 0, () => `row ${row} took ${took} µs to open`)
    this.open.set(row, process)
  }

  closed(_at: Time, _workload: number, row: number, process: ActorId, _how: Closing): void {
    this.expect(this.open.get(row) === process, () => `row ${row} was closed where it was not open`)
    this.open.delete(row)
  }

  reconnects(): void {}

  packet(_at: Time, workload: number, host: ActorId, fate: number): void {
    this.expect(fate in fates, () => `a packet of ${workload} came to ${fate}`)
    this.expect(host === -1 || this.world.actors[host]?.kind === 'host', () => `a packet came to ${host}`)
  }

  message(): void {}

  post(): void {}

  published(): void {}

  private client(row: number): number {
    return this.world.connections.address[row]!
  }

  private isProcess(actor: ActorId): boolean {
    return this.world.actors[actor]?.kind === 'process'
  }

  private expect(holds: boolean, otherwise: () => string): void {
    if (!holds && this.findings.length < 20) this.findings.push(`at ${this.world.sim.now} µs ${otherwise()}`)
  }

  /** Between events, when everybody's books are closed. */
  private *rounds(): Script {
    for (;;) {
      this.look()
      yield* sleep(Math.ceil(this.world.options.end / 100))
    }
  }

  private look(): void {
    for (const {everyHost, store} of this.world.fleets.values()) {
      for (const host of everyHost) this.lookAtHost(host)
      if (store !== undefined) this.lookAtStore(store)
    }
    for (const process of this.world.processes) this.lookAtProcess(process)
    for (const row of this.pending.keys()) this.lookAtPending(row)
  }

  private lookAtStore({primary, nodes}: Store): void {
    this.expect(!primary.host.removed, () => `the name leads to ${primary.host.name}, which was stopped for good`)
    for (const node of nodes) {
      const sources = new Set<StoreNode>()
      for (let it: StoreNode | undefined = node; it !== undefined && !sources.has(it); it = it.source?.primary)
        sources.add(it)
      const last = [...sources].at(-1)!
      this.expect(last.source === undefined, () => `${node.host.name} follows itself, through ${sources.size} nodes`)
    }
  }

  private lookAtHost(host: Host): void {
    const processes = this.world.processes.filter(process => process.host === host)
    const alive = processes.filter(process => process.alive)
    this.expect(alive.length === host.processes.length, () => `${host.name} has ${host.processes.length} processes`)
    const held = processes.reduce((sum, process) => sum + process.held.size + process.served.size, 0)
    this.expect(host.connections === held, () => `${host.name} counts ${host.connections} connections of ${held}`)
    const jobs = this.rows().filter(row => this.isServedOn(row, host)).length
    this.expect(host.jobs === jobs, () => `${host.name} counts ${host.jobs} jobs of ${jobs}`)
    this.expect(!(host.inRotation.holds && host.outOfRotation.holds), () => `${host.name} is in and out of rotation`)
    for (const {queue, backlog} of host.sockets)
      this.expect(queue.size <= backlog + 1, () => `${host.name} queues ${queue.size} with a backlog of ${backlog}`)
    const {busy, cores} = host.cpu
    const {resolution} = this.world.options
    this.expect(
      busy.every(time => time >= 0 && time <= cores * resolution),
      () => `${host.name} is busier than its cores`,
    )
    const runs = alive.some(process => process.state !== 'booting')
    this.expect(!runs || host.current.alive, () => `${host.name} runs, and its current does not`)
    this.expect(host.powered || alive.length === 0, () => `${host.name} runs without power`)
  }

  private rows(): number[] {
    return [...this.pending.keys()]
  }

  private isServedOn(row: number, host: Host): boolean {
    return this.world.connections.state[row] === State.serving && this.world.relay.holder(row).host === host
  }

  private lookAtProcess(process: Process): void {
    const c = this.world.connections
    const name = this.world.actors[process.actor]!.name
    const held = c.held.rows(process.held)
    const served = c.streams.of(process)
    this.expect(held.length === process.held.size, () => `${name} holds ${held.length} of ${process.held.size}`)
    this.expect(
      held.every(row => c.process[row] === process.id),
      () => `${name} holds what is another's`,
    )
    this.expect(
      served.every(({row, depth}) => c.streams.at(row, depth) === process.id),
      () => `${name} serves what is another's`,
    )
    const has = held.length + served.length + process.jobs.size
    this.expect(process.alive || has === 0, () => `${name} is gone and has ${has}`)
    this.expect(!process.idle.holds || has === 0, () => `${name} is idle and has ${has}`)
    this.expect(!process.draining || process.idle.holds || has > 0, () => `${name} drains, has nothing and is not idle`)
    this.expect(process.sockets.length <= 1, () => `${name} listens ${process.sockets.length} times`)
  }

  /** The server that answers has had every byte of the body once: some from a proxy that kept them, the rest behind. */
  private lookAtPost(row: number): void {
    const post = this.world.posts.of(row)
    const client = this.world.clientOf(row)
    if (post === undefined || client.keptBefore(client.path.length - 1)) return
    const received = post.received(this.world.sim.now)
    this.expect(received === post.size, () => `row ${row} was answered after ${received} of ${post.size} bytes`)
  }

  /** Who waits for an answer has not waited longer than it wanted to. */
  private lookAtPending(row: number): void {
    const c = this.world.connections
    this.expect(c.state[row] !== State.free, () => `row ${row} is free and waits`)
    this.expect(
      c.answerBy[row]! >= this.world.sim.now,
      () => `row ${row} waits since ${c.answerBy[row]} in state ${c.state[row]}`,
    )
  }
}
