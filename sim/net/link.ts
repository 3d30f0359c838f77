import type {Random} from '../engine/random.ts'
import {type Duration, millis, seconds} from '../engine/time.ts'
import type {LinkOptions} from './options.ts'

/** Linux: `tcp_syn_linear_timeouts` (since 6.5) SYNs come after a second each, the others after 1, 2, 4 … s. */
const linearSyns = 4

/** How long after its `k`-th SYN (from 0) a client sends the next one (Linux `ip-sysctl.rst`). */
export const synTimeout = (k: number): Duration => seconds(k < linearSyns ? 1 : 2 ** Math.min(k - linearSyns, 16))

/** Linux' TCP_RTO_MIN: a lost packet of a running connection is sent again after this, doubling. */
const shortestTimeout = millis(200)

/** The way between two places: how long a packet takes, and what it costs when one is lost. */
export class Link {
  private readonly options: LinkOptions
  private readonly random: Random
  /** How long a packet takes if it always takes the same, which need not be drawn. */
  private readonly constant: Duration | undefined

  constructor(options: LinkOptions, random: Random) {
    this.options = options
    this.random = random
    this.constant = options.latency.kind === 'fixed' ? options.latency.sample(random) : undefined
  }

  /** How long every packet takes, where none is lost and all take the same; else undefined. */
  get steady(): Duration | undefined {
    return this.options.loss === 0 ? this.constant : undefined
  }

  /** One way, for a packet of a running connection. */
  transit(): Duration {
    return this.latency() + this.resent(shortestTimeout)
  }

  roundTrip(): Duration {
    return this.transit() + this.transit()
  }

  /** From a SYN to the ACK of its answer; a lost SYN-ACK is sent again after a second, doubling (TCP_TIMEOUT_INIT). */
  handshake(): Duration {
    return this.latency() + this.latency() + this.resent(synTimeout(0))
  }

  latency(): Duration {
    return this.constant ?? this.options.latency.sample(this.random)
  }

  loses(): boolean {
    return this.options.loss > 0 && this.random.chance(this.options.loss)
  }

  private resent(timeout: Duration): Duration {
    let wait = 0
    for (let k = 0; k < 10 && this.loses(); k++) wait += timeout * 2 ** k
    return wait
  }
}
