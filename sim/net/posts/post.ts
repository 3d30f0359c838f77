import {noTimer, type Timer} from '../../engine/simulator.ts'
import {type Duration, seconds, type Time} from '../../engine/time.ts'
import {type Headers, headersOf, replaysOf} from './partial-post.ts'

/**
 * A POST from its first byte to its answer, and how much of its body a server has. Its user sends at a steady rate; what
 * a proxy holds of it after a 379 flows at the speed of the network between the tiers, until it has caught up.
 */
export class Post {
  /** Bytes of its body. */
  readonly size: number
  /** How long the user needs to send it. */
  readonly duration: Duration
  headers: Headers
  /** When a proxy that replays it will have caught up with its user. */
  sentOn: Timer = noTimer
  /** Times that a server sent its user to another (307). */
  redirects = 0
  /** When the last byte would be at the server that has it, if all came straight from the user. */
  private whole: Time = 0
  /** When the last byte of the user is at the proxy before that server. */
  private sentWhole: Time = 0
  /** Since when what the proxy holds flows to the server. */
  private since: Time = Number.NEGATIVE_INFINITY
  /** Bytes per microsecond of that flow. */
  private speed = Number.POSITIVE_INFINITY

  constructor(duration: Duration, bandwidth: number, chunk: number | undefined) {
    this.duration = duration
    this.size = Math.round((duration * bandwidth) / seconds(1))
    this.headers = headersOf(this.size, chunk)
  }

  get replays(): number {
    return replaysOf(this.headers)
  }

  /** It comes to a server straight from the user, the last byte at `whole`. */
  arrives(whole: Time): void {
    this.whole = whole
    this.since = Number.NEGATIVE_INFINITY
    this.speed = Number.POSITIVE_INFINITY
  }

  /** A proxy will send what it holds of it: the last byte of its user is there one way before it is at the server. */
  returns(way: Duration): void {
    this.sentWhole = this.whole - way
  }

  /**
   * It comes to another server, from `since` on at `bandwidth` bytes per second, and what the user sends meanwhile behind
   * it. Returns how many bytes have come at that pace when the server has caught up with the user.
   */
  comesAgain(since: Time, way: Duration, bandwidth: number): number {
    this.whole = this.sentWhole + way
    this.since = since
    this.speed = bandwidth / seconds(1)
    const held = this.sent(since)
    return this.speed <= this.rate ? this.size : Math.min(this.size, (held * this.speed) / (this.speed - this.rate))
  }

  /** When the server has it all, if what flows to it at the pace of the network is there at `caughtUp`. */
  wholeAfter(caughtUp: Time): Time {
    return Math.max(this.whole, caughtUp)
  }

  /** Bytes of the body that the server has at a time. */
  received(at: Time): number {
    // A billionth of a byte forgives the rounding of a product.
    return Math.floor(Math.min(this.sent(at), Math.max(0, at - this.since) * this.speed) + 1e-6)
  }

  /** Bytes that the server would have, if all came straight from the user. */
  private sent(at: Time): number {
    return Math.max(0, this.size - this.rate * Math.max(0, this.whole - at))
  }

  /** Bytes that the user sends in a microsecond. */
  get rate(): number {
    return this.duration === 0 ? 0 : this.size / this.duration
  }
}
