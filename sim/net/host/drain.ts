import type {Random} from '../../engine/random.ts'
import type {Duration, Time} from '../../engine/time.ts'

/** How a process that drains rids itself of connections. Times count from the beginning of the drain. */
export interface ClosingLaw {
  /** For so long the chance that a response is the last of its connection rises in a straight line to 1; 0: each is. */
  readonly rise: Duration
  /** Idle connections are closed at random points between these; without, as the tier's `idleClose` says. */
  readonly idle?: {readonly from: Duration; readonly to: Duration}
  /** Tunnels stay, or are cut as the drain begins, or their messages count as responses, with a rise of their own. */
  readonly tunnels: 'stay' | 'cut' | {readonly rise: Duration}
}

/** Every response is the last of its connection, and tunnels stay for as long as they may. */
export const atOnce: ClosingLaw = {rise: 0, tunnels: 'stay'}

/**
 * Envoy's gradual drain (docs/root/operations/draining.rst): the chance rises for the first half of the drain, and idle
 * connections are closed in the last third.
 */
export const gradually = (time: Duration) => ({
  rise: time / 2,
  idle: {from: (time * 2) / 3, to: time},
  tunnels: {rise: time / 2},
})

/** The drain of one process: when it began, and by which law it closes connections. */
export class Drain {
  readonly law: ClosingLaw
  private readonly begins: Time
  private readonly random: Random

  constructor(law: ClosingLaw, begins: Time, random: Random) {
    this.law = law
    this.begins = begins
    this.random = random
  }

  /** Whether a response that is given now is the last of its connection. */
  endsWithResponse(now: Time): boolean {
    return this.isLast(now, this.law.rise)
  }

  /** Whether a tunnel ends after a message that is sent now. */
  endsWithMessage(now: Time): boolean {
    const {tunnels} = this.law
    return typeof tunnels === 'object' && this.isLast(now, tunnels.rise)
  }

  get countsMessages(): boolean {
    return typeof this.law.tunnels === 'object'
  }

  private isLast(now: Time, rise: Duration): boolean {
    return now - this.begins >= rise || this.random.chance((now - this.begins) / rise)
  }

  /** When it will close a connection that becomes idle now, if nobody uses it before; Infinity if never. */
  closesIdle(now: Time): Time {
    const {from, to} = this.law.idle!
    if (from === Number.POSITIVE_INFINITY) return from
    const first = Math.max(now, this.begins + from)
    return Math.round(first + this.random.uniform() * Math.max(0, this.begins + to - first))
  }
}
