import {Condition, type Script, until} from '../../engine/script.ts'
import type {Duration} from '../../engine/time.ts'
import type {World} from '../world.ts'
import type {StoreNode} from './node.ts'
import {timeFor} from './replication.ts'
import type {Store} from './store.ts'

/**
 * Copies key by key what the primary holds into a node that gets every write from now on as well (SCAN, DUMP, RESTORE).
 *
 *     apart ──both can be reached──► copying ──the last key──► done
 *       ▲ │                            │
 *       │ └──for too long──► given up  │  It goes on at the key at which it was, unless the
 *       └───────one of them cannot─────┘  other node has lost what it had: then at the first.
 */
export class Backfill {
  private readonly connected = new Condition()
  private readonly broken = new Condition()
  private readonly world: World
  private readonly store: Store
  private readonly to: StoreNode
  /** The next one. */
  private key = 0

  constructor(world: World, store: Store, to: StoreNode) {
    this.world = world
    this.store = store
    this.to = to
    this.look()
  }

  /** One of the two may have become reachable, or ceased to be. */
  look(): void {
    const connected = this.to.reachable && this.store.primary.reachable
    this.connected.set(connected)
    this.broken.set(!connected)
  }

  /** False if one of them cannot be reached for longer than whoever copies has patience. */
  *run(patience: Duration): Script<boolean> {
    while (this.key < this.store.writes.keys) {
      if (!(yield* until(this.connected, {within: patience}))) return false
      yield* this.copy()
    }
    return true
  }

  /** As much as it gets before one of them cannot be reached. */
  private *copy(): Script {
    const {to, store} = this
    const {keys} = store.writes
    const {dataset, bandwidth} = store.options
    // By the time at which a script goes on, the primary has perhaps lost it.
    const there = store.primary.data.clone()
    const {lives} = to
    const began = this.world.sim.now
    const left = keys - this.key
    const takes = timeFor(dataset * (left / keys), bandwidth)
    const isCut = yield* until(this.broken, {within: takes})
    const {now} = this.world.sim
    const first = this.key
    this.key = to.lives > lives ? 0 : first + (isCut ? Math.floor((left * (now - began)) / takes) : left)
    if (this.key === 0) return
    to.data.backfill(there, {first, end: this.key}, now)
    to.host.remember()
  }
}
