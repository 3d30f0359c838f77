import {type Time, toSeconds} from '../engine/time.ts'
import type {ActorId, ControlEvent} from '../net/events.ts'
import type {Store} from '../net/store/store.ts'
import {type Survival, survivalIn} from '../net/store/survival.ts'
import {Histogram} from './histogram.ts'

/** What a store did with what it was asked, and what is left of it in the dataset that its name leads to at the end. */
export interface StoreReport extends Survival {
  /** Reads that were answered with less than the newest acknowledged value. */
  readonly staleReads: number
  /** Answers READONLY and NOREPLICAS; a command that is asked again may get several. */
  readonly readOnly: number
  readonly noReplicas: number
  /** Writes that were executed but had to wait or to be asked again, and how long they took in all: seconds. */
  readonly delayed: {readonly count: number} & Readonly<Record<'p50' | 'p99' | 'max', number | null>>
  /** Seconds in which the store's name led to no primary that answered: to a node that was dead, or that was being started. */
  readonly withoutPrimary: number
  /** Seconds in which more than one node was there to be written to, be it that one of them was short of replicas. */
  readonly twoPrimaries: number
  /** Times that a replica got a snapshot of everything, or only what it had missed. */
  readonly resyncs: {readonly full: number; readonly partial: number}
}

/** Who took writes in a store, and for how long; and in the end, what is left of what it acknowledged. */
export class StoreMetric {
  private readonly store: Store
  private readonly writers = new Set<ActorId>()
  private readonly resyncs = {full: 0, partial: 0}
  private twoPrimaries = 0
  private since: Time = 0

  constructor(store: Store) {
    this.store = store
  }

  add(at: Time, event: ControlEvent): void {
    if (event.kind === 'role' && this.isOurs(event.host)) {
      this.settle(at)
      turn(this.writers, event.host, event.writes)
    }
    if (event.kind !== 'sync' || !this.isOurs(event.host)) return
    if (event.state === 'full') this.resyncs.full++
    if (event.state === 'partial') this.resyncs.partial++
  }

  private isOurs(host: ActorId): boolean {
    return this.store.nodes.some(node => node.host.actor === host)
  }

  private settle(at: Time): void {
    if (this.writers.size > 1) this.twoPrimaries += at - this.since
    this.since = at
  }

  result(now: Time): StoreReport {
    this.settle(now)
    const {primary, writes, tally} = this.store
    primary.refresh()
    const {staleReads, readOnly, noReplicas} = tally
    return {
      ...survivalIn(primary.data, writes),
      ...{staleReads, readOnly, noReplicas},
      delayed: this.delayed(),
      withoutPrimary: toSeconds(tally.withoutPrimary(now)),
      twoPrimaries: toSeconds(this.twoPrimaries),
      resyncs: {...this.resyncs},
    }
  }

  private delayed(): StoreReport['delayed'] {
    const delays = new Histogram()
    for (const took of this.store.tally.delays) delays.add(took)
    const seconds = (q: number) => (delays.total === 0 ? null : toSeconds(delays.quantile(q)!))
    return {
      count: delays.total,
      p50: seconds(0.5),
      p99: seconds(0.99),
      max: delays.total === 0 ? null : toSeconds(delays.max),
    }
  }
}

function turn(all: Set<ActorId>, host: ActorId, on: boolean): void {
  if (on) all.add(host)
  else all.delete(host)
}
