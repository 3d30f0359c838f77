import type {Random} from '../../engine/random.ts'
import {type Script, sleep, together} from '../../engine/script.ts'
import type {Duration, Time} from '../../engine/time.ts'
import type {Fleet} from '../host/fleet.ts'
import type {Host} from '../host/host.ts'
import type {World} from '../world.ts'
import type {AppHost} from './app-host.ts'
import {Backfill} from './backfill.ts'
import {Dataset, none, original} from './dataset.ts'
import {StoreNode} from './node.ts'
import type {StoreOptions} from './options.ts'
import {Sentinel} from './sentinel.ts'
import {inSync} from './sync.ts'
import {StoreTally} from './tally.ts'
import {Writes} from './writes.ts'

/** The nodes of a tier that keep the same data, the name under which they are found, and who asks them. */
export class Store {
  readonly options: StoreOptions
  readonly nodes: StoreNode[] = []
  readonly writes: Writes
  readonly applications: AppHost[] = []
  readonly tally = new StoreTally()
  readonly sentinel: Sentinel
  private readonly world: World
  private readonly fleet: Fleet
  private readonly random: Random
  /** Where the name led, and since when. */
  private readonly names: {at: Time; node: StoreNode}[] = []
  private readonly copying = new Set<Backfill>()
  private datasets = 0

  constructor(world: World, fleet: Fleet, options: StoreOptions) {
    this.world = world
    this.fleet = fleet
    this.options = options
    this.random = world.sim.random(`switch/${fleet.tier}`)
    this.writes = new Writes(keysOf(world, fleet.tier))
    this.sentinel = new Sentinel(world, this)
  }

  /** Its first host has the primary, and the others replicas that are in sync. */
  start(): void {
    for (const host of this.fleet.hosts) this.adopt(host, new Dataset(this.writes, original, original))
    const [primary, ...replicas] = this.nodes
    this.names.push({at: 0, node: primary!})
    for (const replica of replicas) replica.followsSinceLong(primary!)
    this.sentinel.start()
  }

  /** What runs on one more host, with nothing in it. */
  adopt(host: Host, data = this.emptyData()): StoreNode {
    const node = new StoreNode(this.world, this, host, data)
    host.node = node
    this.nodes.push(node)
    return node
  }

  emptyData(): Dataset {
    return new Dataset(this.writes, ++this.datasets, none)
  }

  /** Whom clients are to ask, as everybody who looks now is told. */
  get primary(): StoreNode {
    return this.names.at(-1)!.node
  }

  namedAt(at: Time): StoreNode {
    return (this.names.findLast(name => name.at <= at) ?? this.names[0]!).node
  }

  /** From now on the name leads to another node. Who has a connection keeps it. */
  pointTo(node: StoreNode): void {
    this.names.push({at: this.world.sim.now, node})
    this.look()
    this.changed()
  }

  /** Boots more nodes, of the fleet's version, and has them follow the primary. Returns once they are in sync. */
  *addReplicas(count: number): Script<StoreNode[]> {
    return yield* together(Array.from({length: count}, () => this.addReplica()))
  }

  private *addReplica(): Script<StoreNode> {
    const node = yield* this.addNode()
    node.follow(this.primary)
    yield* inSync(node)
    return node
  }

  /** Boots more nodes, with nothing in them, each a primary of its own. */
  *addNodes(count: number): Script<StoreNode[]> {
    return yield* together(Array.from({length: count}, () => this.addNode()))
  }

  private *addNode(): Script<StoreNode> {
    return (yield* this.fleet.addHost()).node!
  }

  /** Stops a node for good. */
  retire(node: StoreNode): void {
    this.fleet.removeHost(node.host)
    node.source?.end()
    for (const process of [...node.host.processes]) process.kill()
  }

  /** Has application hosts look the name up and connect anew, one after the other in `over`, in any order. */
  moveClients(over: Duration): Script {
    return this.oneByOne(over, app => app.reconnect(this.world.sim.now))
  }

  /** Has them send each write to a second node as well, or to none. */
  mirrorWrites(to: StoreNode | undefined, over: Duration): Script {
    return this.oneByOne(over, app => {
      app.mirror = to
    })
  }

  private *oneByOne(over: Duration, act: (app: AppHost) => void): Script {
    const apps = this.random.shuffle(this.applications)
    yield* together(apps.map((app, k) => later((over * (k + 0.5)) / apps.length + app.blockedFor(), () => act(app))))
  }

  /** Copies what the primary holds into another node; false if that was given up. */
  *backfill(to: StoreNode, patience: Duration): Script<boolean> {
    const copying = new Backfill(this.world, this, to)
    this.copying.add(copying)
    const done = yield* copying.run(patience)
    this.copying.delete(copying)
    return done
  }

  /** The replica that is preferred, and else has come furthest, of those that can be reached. */
  mostCaughtUp(): StoreNode | undefined {
    const able = this.nodes.filter(node => node.role === 'replica' && node.reachable && node.data.isFilled)
    for (const node of able) node.refresh()
    return able.toSorted((a, b) => Number(b.isPreferred) - Number(a.isPreferred) || b.data.length - a.data.length)[0]
  }

  changed(): void {
    this.sentinel.look()
    for (const backfill of this.copying) backfill.look()
  }

  /** Another node has the name, or one of them is something else than before. */
  look(): void {
    this.tally.primaryIs(this.primary.isPrimary, this.world.sim.now)
  }
}

function* later(delay: Duration, act: () => void): Script {
  yield* sleep(delay)
  act()
}

/** As many as the workload that knows most of them. */
function keysOf({options}: World, tier: string): number {
  const counts = Object.values(options.traffic).map(it => (it.kind === 'commands' && it.to === tier ? it.keys : 1))
  return Math.max(1, ...counts)
}
