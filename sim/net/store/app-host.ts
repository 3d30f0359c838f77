import type {Random} from '../../engine/random.ts'
import type {Duration, Time} from '../../engine/time.ts'
import type {StoreNode} from './node.ts'
import type {Store} from './store.ts'

interface Lookups {
  readonly ttl: Duration
  readonly blocking: Duration
}

/** A machine of the application: it has connections to one node, which it found by the store's name. */
export class AppHost {
  /** A second node that gets each of its writes, after the first. */
  mirror: StoreNode | undefined
  /** Its connections are gone, so that it looks the name up before it asks again. */
  isAstray = false
  /** Nothing was heard yet from the node that it came to last. */
  isNew = false
  private readonly store: Store
  private readonly options: Lookups
  /** When its resolver asks for the name, in each TTL. */
  private readonly phase: Time
  private readonly random: Random
  private node: StoreNode

  constructor(store: Store, options: Lookups, random: Random) {
    this.store = store
    this.options = options
    this.random = random
    this.phase = random.uniform() * options.ttl
    this.node = store.primary
    this.node.used(1)
  }

  get endpoint(): StoreNode {
    return this.node
  }

  /** What its resolver tells it, who asks once in each TTL. */
  private lookedUp(now: Time): StoreNode {
    const {ttl} = this.options
    const age = ttl === 0 ? 0 : (now - this.phase + ttl) % ttl
    return this.store.namedAt(now - age)
  }

  /** How long until it may leave its connections: a blocking command that waits in one is somewhere on its way. */
  blockedFor(): Duration {
    return this.random.uniform() * this.options.blocking
  }

  /** Connects anew, to whom the name leads. */
  reconnect(now: Time): void {
    this.isAstray = false
    const node = this.lookedUp(now)
    this.isNew = true
    if (node === this.node) return
    this.node.used(-1)
    const left = this.node
    this.node = node
    node.used(1)
    for (const command of left.heldOf(this)) {
      left.forget(command)
      command.asksAgain()
    }
  }
}
