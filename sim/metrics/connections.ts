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
  private reconnected = 0
  private peak = 0
  private atStart = 0

  /** `hosts` at the beginning of the tier that the connections end at, in a run of length `end`. */
  constructor(hosts: number, end: Time) {
    this.hosts = hosts
    this.perHost = new Array<number>(hosts).fill(0)
    this.reconnectsPerSecond = new Float64Array(Math.floor(end / seconds(1)) + 1)
  }

  opened(at: Time, host: number): void {
    while (this.perHost.length <= host) this.perHost.push(0)
    const count = ++this.perHost[host]!
    if (count > this.peak) this.peak = count
    if (at === 0) this.atStart++
  }

  closed(host: number, how: Closing, bounces: number): void {
    this.perHost[host]!--
    if (how === 'idle') this.closedIdle++
    if (how !== 'broken') return
    this.broken++
    if (bounces > this.mostBounces) this.mostBounces = bounces
  }

  reconnects(at: Time): void {
    this.reconnected++
    this.reconnectsPerSecond[Math.floor(at / seconds(1))]!++
  }

  /** `clients` that there ever were. */
  result(clients: number): ConnectionsReport {
    const mean = this.atStart / this.hosts
    return {
      bounces: {mean: clients === 0 ? 0 : this.broken / clients, max: this.mostBounces},
      reconnects: {
        total: this.reconnected,
        peakPerSecond: this.reconnectsPerSecond.reduce((a, b) => Math.max(a, b), 0),
      },
      closedIdle: this.closedIdle,
      perHost: [...this.perHost],
      peakOverMean: mean === 0 ? 0 : this.peak / mean,
    }
  }
}
