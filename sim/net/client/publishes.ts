import {type Duration, seconds, type Time} from '../../engine/time.ts'
import {type Direction, directions, type PublishFate, publishFateOf} from '../events.ts'
import {mix32} from '../murmur3.ts'
import type {PublishOptions} from '../options.ts'
import {grown} from '../rows.ts'
import type {World} from '../world.ts'

/** How long before a break the publishes were sent that it swallowed, and the ones whose PUBACK it swallowed. */
export interface Flight {
  readonly lost: Duration
  readonly unacknowledged: Duration
  /** When the sender knows. */
  readonly noticed: Time
}

/** Nothing was under way, and the sender knows at once. */
export const inOrder = (now: Time): Flight => ({lost: 0, unacknowledged: 0, noticed: now})

/** Without PUBACK a publish of QoS 1 is sent again after this, even if its sender has no other connection (mosquitto). */
const resendAfter = seconds(20)

/**
 * The publishes of one direction between brokers and the users of one workload. They come at regular intervals, so that
 * they are counted and not played: what became of those between two instants is told at the second.
 *
 *     told ───────────► brokenAt ──────────► noticedAt ──────────► the next CONNACK
 *          delivered               lost¹               held or lost²
 *
 *     ¹ QoS 1: sent again, and so held · ² as `gap` says; QoS 1 is held as long as its sender has the session
 */
export class Publishes {
  private readonly options: PublishOptions
  private readonly direction: number
  private readonly workload: number
  private readonly world: World
  /** All before it were told of; -1 where the user has not been connected yet. */
  private told = new Float64Array(0)
  /** Who was sent since is not through; Infinity while everything is. */
  private brokenAt = new Float64Array(0)
  private noticedAt = new Float64Array(0)
  /** The first whose PUBACK did not come. */
  private unacknowledgedAt = new Float64Array(0)

  constructor(world: World, options: PublishOptions, direction: Direction, workload: number) {
    this.options = options
    this.direction = directions.indexOf(direction)
    this.workload = workload
    this.world = world
  }

  /** The row is another user's from now on. */
  forget(row: number): void {
    if (row >= this.told.length) this.grow(Math.max(1024, 2 * row))
    this.told[row] = -1
  }

  private grow(capacity: number): void {
    this.told = grown(this.told, capacity)
    this.brokenAt = grown(this.brokenAt, capacity)
    this.noticedAt = grown(this.noticedAt, capacity)
    this.unacknowledgedAt = grown(this.unacknowledgedAt, capacity)
  }

  /** There is a way through; `kept`: the sender still has what it could not send. */
  flow(row: number, now: Time, kept: boolean): void {
    const isNew = this.told[row]! < 0
    if (!isNew && this.brokenAt[row] === Number.POSITIVE_INFINITY) return
    if (!isNew) this.settle(row, now, kept ? 'held' : 'lost')
    this.told[row] = now
    this.brokenAt[row] = Number.POSITIVE_INFINITY
  }

  /** There is none any more. */
  stop(row: number, now: Time, {lost, unacknowledged, noticed}: Flight): void {
    const told = this.told[row]!
    this.brokenAt[row] = Math.max(told, now - lost)
    this.unacknowledgedAt[row] = Math.max(told, now - lost - unacknowledged)
    this.noticedAt[row] = noticed
  }

  /** The sender knows, if it did not before. */
  notice(row: number, at: Time): void {
    this.noticedAt[row] = Math.min(this.noticedAt[row]!, at)
  }

  /** Whoever passes them on kept those that were sent in this time until its end. */
  pause(row: number, from: Time, to: Time): void {
    const begins = Math.max(from, this.told[row]!)
    this.deliver(row, begins)
    this.tell('held', row, begins, to, to)
    this.told[row] = Math.max(begins, to)
  }

  /** Those that were sent in this time went into a tunnel that was gone. */
  miss(row: number, from: Time, to: Time): void {
    const begins = Math.max(from, this.told[row]!)
    this.deliver(row, begins)
    if (this.options.qos === 0) this.tell('lost', row, begins, to, to)
    else this.tell('held', row, begins, to, to + resendAfter)
    this.told[row] = Math.max(begins, to)
  }

  private deliver(row: number, to: Time): void {
    this.tell('delivered', row, this.told[row]!, to, to)
  }

  /** The user has gone, or the run is over with `rest` for what is not through. */
  end(row: number, now: Time, rest: 'lost' | 'waiting'): void {
    if (this.told[row]! < 0) return
    if (this.brokenAt[row] === Number.POSITIVE_INFINITY) this.deliver(row, now)
    else this.settle(row, now, rest)
    this.told[row] = -1
  }

  /** What became of those since the last way through. */
  private settle(row: number, now: Time, rest: 'held' | 'lost' | 'waiting'): void {
    const {qos, gap} = this.options
    const brokenAt = this.brokenAt[row]!
    const noticedAt = Math.max(brokenAt, Math.min(now, this.noticedAt[row]!))
    this.deliver(row, brokenAt)
    if (qos === 1 && rest === 'held') this.tell('repeated', row, this.unacknowledgedAt[row]!, brokenAt, now)
    this.tell(qos === 1 ? rest : 'lost', row, brokenAt, noticedAt, now)
    this.tell(qos === 1 || gap === 'buffer' ? rest : 'lost', row, noticedAt, now, now)
  }

  /** Of those from one instant to before another: they came at `at`, unless they came as they were sent. */
  private tell(fate: PublishFate, row: number, from: Time, to: Time, at: Time): void {
    const {every} = this.options
    if (every === Number.POSITIVE_INFINITY || to <= from) return
    const phase = Math.floor((mix32(this.world.connections.address[row]! * 2 + this.direction) / 2 ** 32) * every)
    const first = phase + Math.ceil((from - phase) / every) * every
    const count = Math.ceil((to - first) / every)
    if (count > 0)
      this.world.observer.published(at, this.workload, this.direction, publishFateOf(fate), first, every, count)
  }
}
