import type {Random} from '../engine/random.ts'
import type {Host} from './host.ts'
import type {L4lb} from './l4lb.ts'
import type {Link} from './link.ts'
import type {TierOptions} from './options.ts'

/** The hosts of one tier, and what stands before them. */
export class Fleet {
  readonly tier: string
  readonly options: TierOptions
  readonly hosts: Host[] = []
  /** What its hosts boot: 0 until it is released, then 1. */
  version = 0
  readonly link: Link
  /** Told of each batch as it begins. */
  readonly announce: (hosts: readonly Host[]) => void
  l4lb?: L4lb
  private readonly random: Random

  constructor(
    tier: string,
    options: TierOptions,
    link: Link,
    random: Random,
    announce: (hosts: readonly Host[]) => void,
  ) {
    this.tier = tier
    this.options = options
    this.link = link
    this.random = random
    this.announce = announce
  }

  /** Its hosts in the order in which they are to be restarted. */
  inOrder(order: 'given' | 'random'): readonly Host[] {
    return order === 'random' ? this.random.shuffle(this.hosts) : this.hosts
  }
}
