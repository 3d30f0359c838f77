import {seconds, type Time} from '../engine/time.ts'
import {type ActorId, type Fate, fateOf, fates} from '../net/events.ts'
import type {PacketsReport} from './report.ts'

const misrouting: readonly Fate[] = ['unknown', 'wrong-host']
const dropping: readonly Fate[] = [...misrouting, 'overflowed', 'unread', 'lost']
const isMisrouted = fates.map(fate => misrouting.includes(fate))
const isDropped = fates.map(fate => dropping.includes(fate))

/** What became of the packets of one workload. */
export class PacketsMetric {
  private readonly byFate = new Float64Array(fates.length)
  private readonly droppedPerSecond: Float64Array
  private readonly misroutedOn = new Map<ActorId, number>()

  constructor(end: Time) {
    this.droppedPerSecond = new Float64Array(Math.floor(end / seconds(1)) + 1)
  }

  add(at: Time, host: ActorId, fate: number): void {
    this.byFate[fate]!++
    if (isDropped[fate]) this.droppedPerSecond[Math.floor(at / seconds(1))]!++
    if (isMisrouted[fate]) this.misroutedOn.set(host, (this.misroutedOn.get(host) ?? 0) + 1)
  }

  /** `resets`: whether each that was misrouted is answered with one. */
  result(resets: boolean): PacketsReport {
    const misrouted = this.sum(misrouting)
    const dropped = this.sum(dropping)
    const sent = this.sum(fates)
    return {
      sent,
      delivered: sent - dropped,
      handed: this.sum(['handed']),
      forwarded: this.sum(['forwarded']),
      duplicates: this.sum(['duplicate']),
      dropped,
      misrouted,
      resets: resets ? misrouted : 0,
      overflowed: this.sum(['overflowed']),
      unread: this.sum(['unread']),
      lost: this.sum(['lost']),
      peakDroppedPerSecond: this.droppedPerSecond.reduce((a, b) => Math.max(a, b), 0),
      mostMisroutedOnOneHost: Math.max(0, ...this.misroutedOn.values()),
    }
  }

  private sum(of: readonly Fate[]): number {
    return of.reduce((total, fate) => total + this.byFate[fateOf(fate)]!, 0)
  }
}
