import type {Duration, Time} from '../../engine/time.ts'
import type {Host} from '../host/host.ts'

/** How the proxies before a tier hold its requests, when their operator tells them to. */
export interface Pause {
  /**
   * broadcast: all go on at once when they are told (kamal-proxy). chain: each looks from time to time whether it may, and
   * whether the one before it has gone on (basecamp/intermission).
   */
  readonly discipline: 'broadcast' | 'chain'
  /** How long one request is held from its own arrival: then it gets a 504, or of a chain is passed on come what may. */
  readonly failAfter: Duration
  /** Between two looks of one request of a chain. */
  readonly interval: Duration
  /** Who answers the proxies' health checks meanwhile: they themselves, or the tier behind them. */
  readonly checks: 'answered' | 'passed on'
}

/** What became of the requests that were held for one tier. */
export interface HoldTally {
  /** All of them, how many there are now, and the most that there were at a time. */
  total: number
  held: number
  most: number
  /** Waited for too long; went while they waited; found no room. */
  expired: number
  gone: number
  refused: number
  /** Of those that went on, from their coming until a core began with them. */
  readonly waits: Duration[]
  /** From their going on until nobody was held and no host of the tier had had a queue ever since; the longest such time. */
  cleared: Duration | undefined
  /** How many more there are at the end of each bucket than at its beginning. */
  readonly changes: Float64Array
}

/** What all proxies together hold for one tier, and how it clears away. */
export class Hold {
  readonly tally: HoldTally
  private paused: Pause | undefined
  private readonly width: Duration
  private readonly hosts: () => readonly Host[]
  private wentOnAt: Time | undefined
  /** Hosts that have had a queue ever since. */
  private readonly crowded = new Set<Host>()

  constructor(end: Time, width: Duration, hosts: () => readonly Host[]) {
    const changes = new Float64Array(Math.floor(end / width) + 1)
    this.tally = {total: 0, held: 0, most: 0, expired: 0, gone: 0, refused: 0, waits: [], cleared: undefined, changes}
    this.width = width
    this.hosts = hosts
  }

  /** What the operator wants, as long as nobody is to go on. */
  get pause(): Pause | undefined {
    return this.paused
  }

  stop(pause: Pause): void {
    this.paused = pause
    this.wentOnAt = undefined
  }

  /** From now on those who are held go on, or the first of them has. */
  goOn(now: Time): void {
    this.paused = undefined
    if (this.wentOnAt !== undefined) return
    this.wentOnAt = now
    for (const host of this.hosts()) this.crowded.add(host)
  }

  /** One more is held, or one less. */
  count(now: Time, change: 1 | -1): void {
    const {tally} = this
    if (change === 1) tally.total++
    tally.held += change
    tally.most = Math.max(tally.most, tally.held)
    tally.changes[Math.floor(now / this.width)]! += change
  }

  /** A host has less to do than before. */
  look(now: Time): void {
    if (this.wentOnAt === undefined || this.tally.held > 0) return
    for (const host of this.crowded) if (host.jobs <= host.cpu.cores || host.removed) this.crowded.delete(host)
    if (this.crowded.size > 0) return
    this.tally.cleared = Math.max(this.tally.cleared ?? 0, now - this.wentOnAt)
    this.wentOnAt = undefined
  }
}
