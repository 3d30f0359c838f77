import type {Random} from '../../engine/random.ts'
import type {Time} from '../../engine/time.ts'
import type {PoissonArrivals} from '../client/rate.ts'
import type {World} from '../world.ts'

/** Reads or writes as they come: when, by which application host, of which key. They are the same whatever is released. */
export class Stream {
  /** When the next one comes; Infinity if none does before the end. */
  at: Time
  private readonly arrivals: PoissonArrivals
  private readonly random: Random
  private readonly end: Time

  constructor(arrivals: PoissonArrivals, random: Random, {options: {end}}: World) {
    this.arrivals = arrivals
    this.random = random
    this.end = end
    this.at = arrivals.next(end)
  }

  /** The next one has come. */
  take({hosts, keys}: {readonly hosts: number; readonly keys: number}): {app: number; key: number} {
    this.at = this.arrivals.next(this.end)
    return {app: this.random.integer(hosts), key: this.random.integer(keys)}
  }
}
