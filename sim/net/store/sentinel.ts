import type {Random} from '../../engine/random.ts'
import {Condition, type Script, sleep, until} from '../../engine/script.ts'
import {seconds} from '../../engine/time.ts'
import type {World} from '../world.ts'
import type {StoreNode} from './node.ts'
import type {Store} from './store.ts'

/** Sentinels ask the primary once in this time. */
const ping = seconds(1)

/** The Sentinels of a store, who act as one: they watch the primary that the name leads to, and put a replica in its place. */
export class Sentinel {
  private readonly world: World
  private readonly store: Store
  private readonly random: Random
  private readonly lost = new Condition()
  private readonly found = new Condition()

  constructor(world: World, store: Store) {
    this.world = world
    this.store = store
    this.random = world.sim.random('sentinel')
  }

  start(): void {
    this.look()
    if (this.store.options.sentinel.downAfter < Infinity) this.world.sim.start(this.watch())
  }

  /** Whether they reach the primary. */
  look(): void {
    this.lost.set(!this.store.primary.reachable)
    this.found.set(this.store.primary.reachable)
  }

  private *watch(): Script {
    const {downAfter, vote} = this.store.options.sentinel
    for (;;) {
      yield* until(this.lost)
      // The last answer was some part of an interval ago.
      const sinceAnswer = Math.min(downAfter, this.random.uniform() * ping)
      if (yield* until(this.found, {within: downAfter - sinceAnswer})) continue
      yield* sleep(vote.sample(this.random))
      const heir = this.store.mostCaughtUp()
      if (heir !== undefined && this.lost.holds) this.putInPlace(heir, true)
      else yield* until(this.found, {within: ping})
    }
  }

  /** SENTINEL FAILOVER: a replica takes over, and nobody asks the primary, which goes on taking writes until it is told. */
  *failover(heir: StoreNode): Script {
    const old = this.store.primary
    this.putInPlace(heir, false)
    yield* this.convert(old)
  }

  private putInPlace(heir: StoreNode, wasLost: boolean): void {
    const old = this.store.primary
    heir.promote()
    this.store.pointTo(heir)
    for (const node of this.store.nodes) if (node.source?.primary === old && node !== heir) node.follow(heir)
    if (wasLost) this.world.sim.start(this.convertWhenBack(old))
  }

  private *convertWhenBack(old: StoreNode): Script {
    while (!old.reachable && !old.host.removed) yield* sleep(ping)
    yield* this.convert(old)
  }

  /** An old primary is made a replica of the new one, and its clients have to look for that. */
  private *convert(old: StoreNode): Script {
    yield* sleep(this.store.options.sentinel.convert)
    if (old.host.removed || old === this.store.primary) return
    old.follow(this.store.primary)
    old.disconnectClients()
  }
}
