import {Condition, type Script, sleep} from '../../engine/script.ts'
import type {Duration, Time} from '../../engine/time.ts'
import type {Host} from '../host/host.ts'
import type {World} from '../world.ts'
import type {AppHost} from './app-host.ts'
import type {Command} from './command.ts'
import {CopiedPages} from './copied-pages.ts'
import type {Dataset} from './dataset.ts'
import {Replication, timeFor} from './replication.ts'
import type {Store} from './store.ts'

/** The states of FAILOVER (Redis 6.2). */
export type FailoverState = 'no-failover' | 'waiting-for-sync' | 'failover-in-progress'

/** One node of a store: what it holds, whom it follows, and what it answers. It is what runs on one host. */
export class StoreNode {
  readonly host: Host
  data: Dataset
  role: 'primary' | 'replica' = 'primary'
  failoverState: FailoverState = 'no-failover'
  /** Whom it follows, if it is a replica. */
  source: Replication | undefined
  readonly followers = new Set<Replication>()
  /** Replicas for which a child of it writes a snapshot. */
  readonly children = new Set<Replication>()
  /** No application host has it as its endpoint: MONITOR shows silence. */
  readonly deserted = new Condition(true)
  /** It is a primary. */
  readonly leads = new Condition(true)
  /** Sentinels take it before others (`replica-priority`). */
  isPreferred = false
  /** How often it has lost its memory. */
  lives = 0
  /** It loads a snapshot, and answers nobody. */
  loading = false
  private readonly world: World
  private readonly store: Store
  private users = 0
  /** Whether a replica takes writes all the same (`replica-read-only no`). */
  private writable = false
  /** Nobody but clients reaches it, for so many faults. */
  private partitions = 0
  /** Until when it executes no writes (CLIENT PAUSE … WRITE), and nothing at all. */
  private writesPausedTo: Time = 0
  private stoppedTo: Time = 0
  /** Commands that wait until it goes on. */
  private readonly held = new Set<Command>()
  private lived = true
  private readonly copied = new CopiedPages()
  private told = ''

  constructor(world: World, store: Store, host: Host, data: Dataset) {
    this.world = world
    this.store = store
    this.host = host
    this.data = data
  }

  /** Its process answers those who come to it. */
  get answers(): boolean {
    return this.host.powered && this.host.sockets.some(({attended}) => attended)
  }
  /** So it does to other nodes and to Sentinels. */
  get reachable(): boolean {
    return this.answers && this.partitions === 0 && !this.host.removed
  }
  /** Whether clients that come to it find a primary, if perhaps one that has them wait. */
  get isPrimary(): boolean {
    return this.answers && (this.role === 'primary' || this.writable)
  }
  /** Whether it would execute a write that came now. */
  get takesWrites(): boolean {
    return this.answers && this.mayWrite && this.world.sim.now >= this.writesPausedTo
  }
  private get mayWrite(): boolean {
    return (this.role === 'primary' || this.writable) && !this.loading
  }

  /** Bytes of its data, of the pages that its children make it copy, and of what waits for replicas. */
  get memory(): number {
    const {dataset} = this.store.options
    const copied = this.copied.bytes(dataset, this.data.values.length)
    const waiting = [...this.followers].reduce((sum, follower) => sum + follower.waiting, 0)
    return (this.data.isFilled ? dataset : 0) + copied + waiting
  }

  /** From the start of its process until it has read what lies on its disk. */
  get loadTime(): Duration {
    return this.data.isFilled && this.persists ? timeFor(this.store.options.dataset, this.store.options.disk) : 0
  }
  private get persists(): boolean {
    return this.store.options.persist < Infinity
  }

  /** REPLICAOF: it takes no more writes of its own, and comes to hold what the other has. */
  follow(primary: StoreNode): void {
    this.demote()
    this.source = new Replication(this.world, this, primary, this.store.options)
    this.source.start()
    this.tell()
  }

  /** As it has followed for long. */
  followsSinceLong(primary: StoreNode): void {
    this.demote()
    this.source = new Replication(this.world, this, primary, this.store.options)
    this.source.startInSync()
  }

  private demote(): void {
    this.source?.end()
    this.role = 'replica'
    this.leads.set(false)
    this.writable = false
  }

  /** REPLICAOF NO ONE: it is a primary with what it has by now. */
  promote(): void {
    this.refresh()
    this.source?.end()
    this.source = undefined
    this.role = 'primary'
    this.leads.set(true)
    this.loading = false
    this.tell()
  }

  /** CONFIG SET replica-read-only no. */
  allowWrites(): void {
    this.writable = true
    this.tell()
  }

  /** It has executed what has come from its primary by now. */
  refresh(): void {
    this.source?.apply()
  }

  /** CLIENT PAUSE `lasts` WRITE: writes wait, and are executed when that is over. */
  pauseWrites(lasts: Duration): void {
    this.writesPausedTo = this.world.sim.now + lasts
    this.tell()
    if (lasts < Infinity) this.world.sim.start(this.goOnAfter(lasts))
  }

  /** CLIENT UNPAUSE. */
  unpause(): void {
    this.writesPausedTo = this.world.sim.now
    this.goOn()
  }

  /** fork(2) stops it while its page tables are copied; from then on each key that is written is a page more. */
  *fork(replica: Replication): Script {
    const {fork} = this.store.options
    if (this.children.size === 0) this.copied.begin(this.data.values.length)
    this.stoppedTo = Math.max(this.stoppedTo, this.world.sim.now + fork)
    yield* this.goOnAfter(fork)
    this.children.add(replica)
  }

  childEnds(replica: Replication): void {
    this.children.delete(replica)
    if (this.children.size === 0) this.copied.end()
  }

  /** SHUTDOWN SAVE: it writes all that it has to its disk. */
  *save(): Script {
    yield* sleep(timeFor(this.store.options.dataset, this.store.options.disk))
  }

  load(begins: boolean): void {
    this.loading = begins
    this.host.remember()
    this.tell()
  }

  private *goOnAfter(lasts: Duration): Script {
    yield* sleep(lasts)
    this.goOn()
  }

  /** Whoever waits is looked at again. */
  private goOn(): void {
    this.tell()
    for (const command of this.takeHeld()) this.receive(command)
  }

  /** A command has come. */
  receive(command: Command): void {
    if (!this.host.powered) return
    if (this.host.sockets.length === 0) command.fails('refused', 'no-listener')
    else if (this.waits(command)) this.hold(command)
    else if (this.loading) command.fails('failed', 'loading')
    else if (command.writes) this.write(command)
    else this.read(command)
  }

  private waits({writes}: Command): boolean {
    const {now} = this.world.sim
    return !this.answers || now < this.stoppedTo || (writes && this.mayWrite && now < this.writesPausedTo)
  }

  private hold(command: Command): void {
    this.held.add(command)
    command.waits()
  }

  private write(command: Command): void {
    if (!this.mayWrite) return command.fails('failed', 'read-only')
    if (!this.hasReplicas) return command.fails('failed', 'no-replicas')
    const serial = this.store.writes.execute(command.key, command.number)
    this.execute(serial)
    command.executed(serial)
  }

  /** One that some node has executed, from whoever it comes. */
  execute(serial: number): void {
    this.refresh()
    if (this.children.size > 0 && this.copied.copy(this.store.writes.keyOf(serial))) this.host.remember()
    this.data.apply(serial, this.world.sim.now)
    for (const follower of this.followers) follower.grew()
  }

  private read(command: Command): void {
    this.refresh()
    const isStale = this.data.values[command.key]! < this.store.writes.newestOf(command.key)
    command.answered(isStale)
  }

  private get hasReplicas(): boolean {
    const {count, maxLag} = this.store.options.minReplicas
    const {now} = this.world.sim
    return count === 0 || [...this.followers].filter(it => now - it.heardAt(now) <= maxLag).length >= count
  }

  /** Its client has closed the connection: what waits there is never executed, unless the process hangs and does not see that. */
  forget(command: Command): void {
    if (this.answers) this.held.delete(command)
  }

  private takeHeld(): readonly Command[] {
    const commands = [...this.held]
    this.held.clear()
    return commands
  }

  /** What an application host waits for here. */
  heldOf(app: AppHost): readonly Command[] {
    return [...this.held].filter(command => command.app === app)
  }

  /** CLIENT KILL: whoever is connected has to come again. */
  disconnectClients(): void {
    for (const app of this.store.applications) if (app.endpoint === this) app.isAstray = true
  }

  /** An application host has it as its endpoint, or has another. */
  used(by: 1 | -1): void {
    this.users += by
    this.deserted.set(this.users === 0)
  }

  partition(begins: boolean): void {
    this.partitions += begins ? 1 : -1
    this.changed()
  }

  /** Something has happened to its host or process. */
  changed(): void {
    for (const link of [...this.followers, ...(this.source === undefined ? [] : [this.source])]) link.look()
    const lives = this.host.processes.some(({state}) => state !== 'booting')
    if (this.lived && !lives) this.loseMemory()
    this.lived = lives
    this.tell()
    this.store.changed()
    if (this.answers && this.held.size > 0) this.goOn()
  }

  /** What a killed process has written to its files is there; of what is with the kernel, the power takes a part. */
  private loseMemory(): void {
    const [{persist}, {now}] = [this.store.options, this.world.sim]
    this.lives++
    this.children.clear()
    this.copied.end()
    if (!this.persists) this.data = this.store.emptyData()
    else if (!this.host.powered) this.data.rewind(persist === 0 ? now : Math.floor(now / persist) * persist)
    const waiting = this.takeHeld()
    if (this.host.powered) for (const command of waiting) command.fails('reset', 'killed')
  }

  /** Tells observers what it is, if that is something else than before. */
  tell(): void {
    this.store.look()
    const state = this.answers ? this.role : 'away'
    const writes = this.takesWrites
    if (this.told === `${state} ${writes}`) return
    this.told = `${state} ${writes}`
    this.world.control({kind: 'role', host: this.host.actor, state, writes})
  }
}
