import {seconds, type Time} from '../../engine/time.ts'

/** One direction of a host's link: what is sent goes through it one after the other. */
export class Pipe {
  private freeAt: Time = 0

  /** When the first byte of something that comes at `at` goes through. */
  startOf(at: Time): Time {
    return Math.max(at, this.freeAt)
  }

  /** When the last of so many bytes that come at `at` is through, at so many bytes per second. */
  send(at: Time, bytes: number, bandwidth: number): Time {
    this.freeAt = this.startOf(at) + Math.ceil((bytes / bandwidth) * seconds(1))
    return this.freeAt
  }
}
