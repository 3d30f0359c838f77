import type {Duration, Time} from '../engine/time.ts'
import type {ActorId, ControlEvent} from '../net/events.ts'

/** What one host can do, as far as control events tell. */
interface Ability {
  powered: boolean
  inRotation: boolean
  /** Processes that have a listening socket. */
  readonly listening: Set<ActorId>
  /** Those that hang. */
  readonly stalled: Set<ActorId>
  able: boolean
  since: Time
}

/**
 * The share of a tier's hosts that new work reaches and that accept it, over time. Hosts that come later add to it, but
 * not to what it is a share of: those at the beginning.
 */
export class CapacityMetric {
  private readonly tier: string
  /** At the beginning. */
  private readonly size: number
  private readonly hosts = new Map<ActorId, Ability>()
  private readonly hostOf: (process: ActorId) => ActorId
  private readonly width: Duration
  private readonly buckets: number
  /** Host → time for which it was able in each bucket. */
  private readonly ableTime = new Map<ActorId, Float64Array>()
  private ableHosts = 0
  private lowest: number
  private weighted = 0
  private changedAt: Time = 0

  constructor(
    tier: string,
    hosts: readonly ActorId[],
    hostOf: (process: ActorId) => ActorId,
    end: Time,
    width: Duration,
  ) {
    this.tier = tier
    this.size = hosts.length
    this.buckets = Math.ceil(end / width) + 1
    this.hostOf = hostOf
    this.width = width
    this.lowest = hosts.length
    for (const host of hosts) this.follow(host, true)
  }

  private follow(host: ActorId, inRotation: boolean): void {
    const processes = {listening: new Set<ActorId>(), stalled: new Set<ActorId>()}
    this.hosts.set(host, {powered: true, inRotation, ...processes, able: false, since: 0})
    this.ableTime.set(host, new Float64Array(this.buckets))
  }

  add(at: Time, event: ControlEvent): void {
    if (event.kind === 'rotation') this.change(at, event.host, {inRotation: event.share > 0})
    else if (event.kind === 'pool' && event.joins && event.tier === this.tier) this.follow(event.host, false)
    else if (event.kind === 'power') this.change(at, event.host, {powered: event.on})
    else if (event.kind === 'stall') this.turns('stalled', at, event.process, event.on)
    else if (event.kind === 'listen') this.turns('listening', at, event.process, event.on)
    else if (event.kind === 'process' && event.state === 'gone') this.turns('listening', at, event.process, false)
    else if (event.kind === 'sockets') this.passes(at, event.from, event.to)
  }

  private passes(at: Time, from: ActorId, to: ActorId): void {
    this.hosts.get(this.hostOf(from))?.listening.delete(from)
    this.turns('listening', at, to, true)
  }

  private turns(what: 'listening' | 'stalled', at: Time, process: ActorId, on: boolean): void {
    const host = this.hosts.get(this.hostOf(process))
    if (on) host?.[what].add(process)
    else host?.[what].delete(process)
    this.change(at, this.hostOf(process), {})
  }

  private change(at: Time, id: ActorId, how: Partial<Ability>): void {
    const host = this.hosts.get(id)
    if (host === undefined) return
    Object.assign(host, how)
    const serves = [...host.listening].some(process => !host.stalled.has(process))
    const able = host.powered && host.inRotation && serves
    if (able === host.able) return
    this.settle(at)
    if (!able) this.account(id, host.since, at)
    host.able = able
    host.since = at
    this.ableHosts += able ? 1 : -1
  }

  /** What the level was until now. */
  private settle(at: Time): void {
    if (at === this.changedAt) return
    this.weighted += this.ableHosts * (at - this.changedAt)
    this.lowest = Math.min(this.lowest, this.ableHosts)
    this.changedAt = at
  }

  private account(id: ActorId, from: Time, to: Time): void {
    const buckets = this.ableTime.get(id)!
    for (let at = from; at < to; ) {
      const bucket = Math.floor(at / this.width)
      const next = Math.min(to, (bucket + 1) * this.width)
      buckets[bucket]! += next - at
      at = next
    }
  }

  finish(end: Time): void {
    this.settle(end)
    for (const [id, host] of this.hosts) if (host.able) this.account(id, host.since, end)
  }

  result(end: Time): {min: number; mean: number} {
    return {min: this.lowest / this.size, mean: this.weighted / end / this.size}
  }

  /** Time for which one host was able, by bucket; whole only after `finish`. */
  timeOf(host: ActorId): Float64Array {
    return this.ableTime.get(host)!
  }
}
