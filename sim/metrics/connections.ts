import {seconds, type Time} from '../engine/time.ts'
import type {Closing} from '../net/events.ts'
import type {ConnectionsReport} from './report.ts'

/** Where the connections of one workload are, how often they broke and how their clients came back. */
export class ConnectionsMetric {
  private readonly perHost: number[]
  private readonly hosts: number
  private readonly reconnectsPerSecond: Float64Array
  private broken = 0
  private mostBounces = 0
  private closedIdle = 0
  private readonly agedPerSecond?: Float64Array
  private peak = 0
  private atStart = 0

  /** `hosts` at the beginning of the tier that the connections end at, in a run of length `end`; `age`: whether they can be too old. */
  constructor(hosts: number, end: Time, age: boolean) {
    this.hosts = hosts
    if (age) this.agedPerSecond = new Float64Array(Math.floor(end / seconds(1)) + 1)
    this.perHost = new Array<number>(hosts).fill(0)
    this.reconnectsPerSecond = new Float64Array(Math.floor(end / seconds(1)) + 1)
  }

  opened(at: Time, host: number): void {
    while (this.perHost.length <= host) this.perHost.push(0)
    const count = ++this.perHost[host]!
    if (count > this.peak) this.peak = count
    if (at === 0) this.atStart++
  }

  closed(at: Time, host: number, how: Closing, bounces: number): void {
    this.perHost[host]!--
    if (how === 'aged') this.agedPerSecond![Math.floor(at / seconds(1))]!++
    if (how === 'idle') this.closedIdle++
    if (how !== 'broken') return
    this.broken++
    if (bounces > this.mostBounces) this.mostBounces = bounces
  }

  reconnects(at: Time): void {
    this.reconnectsPerSecond[Math.floor(at / seconds(1))]!++
  }

  /** `clients` that there ever were. */
  result(clients: number): ConnectionsReport {
    const mean = this.atStart / this.hosts
    return {
      bounces: {mean: clients === 0 ? 0 : this.broken / clients, max: this.mostBounces},
      reconnects: extent(this.reconnectsPerSecond),
      closedIdle: this.closedIdle,
      ...(this.agedPerSecond && {aged: extent(this.agedPerSecond)}),
      perHost: [...this.perHost],
      peakOverMean: mean === 0 ? 0 : this.peak / mean,
    }
  }
}

/** How many in all, and in the busiest second. */
const extent = (perSecond: Float64Array) => ({
  total: perSecond.reduce((sum, count) => sum + count, 0),
  peakPerSecond: perSecond.reduce((most, count) => Math.max(most, count), 0),
})
