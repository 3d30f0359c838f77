import {seconds, type Time} from '../../engine/time.ts'
import {mix32} from '../murmur3.ts'

/**
 * When one L4 host is flooded: each core counts the new flows of a second, which begins with the first of them, and
 * enters no more than `limit` in the connection table (Katran `is_under_flood`, `MAX_CONN_RATE`).
 */
export class Flood {
  /** Whether there ever was one. */
  everCame = false
  private readonly cores: readonly Meter[]

  constructor(cores: number, limit: number) {
    this.cores = Array.from({length: cores}, () => new Meter(limit))
  }

  /** Counts a new flow; false if it is one too many. */
  admits(at: Time, hash: number): boolean {
    const admits = this.coreOf(hash).admits(at)
    if (!admits) this.everCame = true
    return admits
  }

  /** Whether a new flow of this hash was, or would have been, one too many at `at`. */
  covered(at: Time, hash: number): boolean {
    return this.coreOf(hash).covered(at)
  }

  private coreOf(hash: number): Meter {
    return this.cores[(mix32(hash) >>> 0) % this.cores.length]!
  }
}

class Meter {
  readonly floods: {readonly from: Time; readonly to: Time}[] = []
  private readonly limit: number
  private since = Number.NEGATIVE_INFINITY
  private count = 0

  constructor(limit: number) {
    this.limit = limit
  }

  admits(at: Time): boolean {
    if (at - this.since > seconds(1)) {
      this.since = at
      this.count = 0
    }
    if (this.count++ === this.limit) this.floods.push({from: at, to: this.since + seconds(1)})
    return this.count <= this.limit
  }

  covered(at: Time): boolean {
    const flood = this.floods.findLast(({from}) => from <= at)
    return flood !== undefined && at <= flood.to
  }
}
