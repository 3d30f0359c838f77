import type {Time} from '../../engine/time.ts'
import type {BootOptions} from '../options.ts'

/** A process that has just started is slow: its costs fall in a straight line while its caches, pools and code get warm. */
export class WarmUp {
  private readonly options: BootOptions
  /** Without it, it has been running for ever. */
  private since: Time = Number.NEGATIVE_INFINITY

  constructor(options: BootOptions) {
    this.options = options
  }

  begin(now: Time): void {
    this.since = now
  }

  /** As if it had been running for ever. */
  end(): void {
    this.since = Number.NEGATIVE_INFINITY
  }

  /** How many times its usual CPU cost a job takes now. */
  slowdown(now: Time): number {
    const {warmup, slowdown} = this.options
    const age = now - this.since
    return age >= warmup ? 1 : slowdown - ((slowdown - 1) * age) / warmup
  }
}
