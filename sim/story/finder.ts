import type {Duration, Time} from '../engine/time.ts'
import {causes, type Observer, outcomeOf} from '../net/events.ts'
import {nobody} from '../net/observers.ts'
import type {World} from '../net/world.ts'

/** A disruption, and whose it was. */
export interface Found {
  readonly at: Time
  readonly workload: number
  readonly client: number
}

const completed = outcomeOf('completed')

/**
 * Looks in a run for one disruption, and keeps no other: for the worst, of which a connection was oldest or a request had
 * waited longest, or for the first; of any cause, or of one.
 */
export class Finder implements Observer {
  found: Found | undefined
  /** How many of each cause there were. */
  readonly counts = new Float64Array(causes.length)
  readonly #cause: number | undefined
  readonly #isWorst: boolean
  #worst: Duration = -1
  #world!: World

  constructor({worst, cause}: {readonly worst: boolean; readonly cause?: number | undefined}) {
    this.#isWorst = worst
    this.#cause = cause
  }

  attach(world: World): void {
    this.#world = world
  }

  ended(
    at: Time,
    workload: number,
    row: number,
    _process: number,
    outcome: number,
    cause: number,
    took: Duration,
  ): void {
    if (outcome === completed) return
    this.counts[cause]!++
    if (this.#cause !== undefined && cause !== this.#cause) return
    if (took <= this.#worst || (!this.#isWorst && this.found !== undefined)) return
    this.#worst = took
    this.found = {at, workload, client: this.#world.connections.address[row]!}
  }

  control = nobody.control
  started = nobody.started
  opened = nobody.opened
  closed = nobody.closed
  reconnects = nobody.reconnects
  packet = nobody.packet
  message = nobody.message
  post = nobody.post
  published = nobody.published
}
