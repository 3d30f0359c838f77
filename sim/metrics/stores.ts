import {type Time, toSeconds} from '../engine/time.ts'
import type {ActorId, ControlEvent} from '../net/events.ts'
import type {Store} from '../net/store/store.ts'
import {survivalIn} from '../net/store/survival.ts'
import {Histogram} from './histogram.ts'
import type {StoreReport} from './report.ts'

/** Who was a primary in a store, and for how long; and in the end, what is left of what it acknowledged. */
export class StoreMetric {
  private readonly store: Store
  private readonly leaders = new Set<ActorId>()
  private readonly writers = new Set<ActorId>()
  private readonly resyncs = {full: 0, partial: 0}
  private withoutPrimary = 0
  private twoPrimaries = 0
  private since: Time = 0

  constructor(store: Store) {
    this.store = store
  }

  add(at: Time, event: ControlEvent): void {
    if (event.kind === 'role' && this.isOurs(event.host)) {
      this.settle(at)
      turn(this.leaders, event.host, event.state === 'primary')
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
    if (this.leaders.size === 0) this.withoutPrimary += at - this.since
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
      withoutPrimary: toSeconds(this.withoutPrimary),
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
