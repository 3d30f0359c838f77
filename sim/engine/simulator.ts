import {assert} from './assert.ts'
import {EventQueue, type Timer} from './event-queue.ts'
import {Random} from './random.ts'
import type {Script} from './script.ts'
import {Tasks} from './tasks.ts'
import type {Duration, Time} from './time.ts'

export {noTimer, type Timer} from './event-queue.ts'

declare const kindBrand: unique symbol
/** A kind of event, as `Simulator.kind` gives it out. */
export type Kind = number & {readonly [kindBrand]: true}

type Handler = (row: number) => void

/**
 * The clock and what is still to happen.
 *
 * Time is counted in whole microseconds. Events of equal time run in the order in which they were scheduled. Whatever a
 * handler or a script throws comes out of `run`.
 */
export class Simulator {
  readonly #seed: number | string
  readonly #queue = new EventQueue()
  readonly #handlers: Handler[] = []
  readonly #names: string[] = []
  readonly #streams = new Map<string, Random>()
  readonly #tasks: Tasks
  #before: () => void = ignore
  #after: () => void = ignore
  #now: Time = 0
  #running = false

  constructor(seed: number | string) {
    this.#seed = seed
    this.#tasks = new Tasks(this)
  }

  /** Microseconds since the run began. */
  get now(): Time {
    return this.#now
  }

  /** Events run so far. */
  get executed(): number {
    return this.#queue.popped
  }

  /** Events that are still to run; cancelled ones are not. */
  get pending(): number {
    return this.#queue.size
  }

  /**
   * Registers what happens at events of one kind; `row` says to whom. The name is for messages. All events are turns but
   * those that are `routine`: what happens to one row, and changes nothing that other rows go by.
   */
  kind(name: string, handler: Handler, how: 'routine' | 'turn' = 'turn'): Kind {
    this.#names.push(name)
    return (this.#handlers.push(how === 'routine' ? handler : row => this.#turn(handler, row)) - 1) as Kind
  }

  /** Has these called around every turn, which is every step of a script as well: between two of them nothing turns. */
  aroundTurns(before: () => void, after: () => void): void {
    this.#before = before
    this.#after = after
  }

  #turn(handler: Handler, row: number): void {
    this.#before()
    handler(row)
    this.#after()
  }

  /**
   * Schedules an event for a row, which is a whole number from 0 to 2^31 - 1.
   * RangeError if `time` is past, not whole, infinite or not a number.
   */
  at(time: Time, kind: Kind, row: number): Timer {
    if (!(time >= this.#now && time < 2 ** 53 && Math.floor(time) === time)) this.#refuse(time, kind)
    return this.#queue.push(time, kind, row)
  }

  /** Schedules an event `delay` from now, under the conditions of `at`. */
  in(delay: Duration, kind: Kind, row: number): Timer {
    return this.at(this.#now + delay, kind, row)
  }

  /** Takes back an event. Does nothing if it has run or was cancelled: a timer is a number that knows its generation. */
  cancel(timer: Timer): void {
    this.#queue.cancel(timer)
  }

  /** Starts a script at this instant, in an event of its own; `done` is told what it returned. */
  start<T>(script: Script<T>, done: (result: T) => void = ignore): void {
    this.#tasks.start(script, done as (result: unknown) => void)
  }

  /** The random stream of that name: its draws depend on the seed and the name, whatever other streams exist. */
  random(stream: string): Random {
    let random = this.#streams.get(stream)
    if (random === undefined) {
      random = new Random(`${this.#seed}/${stream}`)
      this.#streams.set(stream, random)
    }
    return random
  }

  /** Runs until nothing is left to do, or to the events at `end` and no further. RangeError if `end` is past. */
  run(end: Time = Infinity): void {
    assert(!this.#running, 'run was called from inside an event')
    if (!(end >= this.#now)) throw new RangeError(`cannot run to ${end} µs: it is ${this.#now} µs`)
    this.#running = true
    try {
      this.#loop(end)
    } finally {
      this.#running = false
    }
    if (end < Infinity) this.#now = end
  }

  #loop(end: Time): void {
    const queue = this.#queue
    const handlers = this.#handlers
    while (queue.pop(end)) {
      this.#now = queue.time
      handlers[queue.kind]!(queue.row)
    }
  }

  #refuse(time: Time, kind: Kind): never {
    const why = time < this.#now ? `it is already ${this.#now} µs` : 'a time is a whole number of microseconds'
    throw new RangeError(`cannot schedule '${this.#names[kind]}' at ${time} µs: ${why}`)
  }
}

function ignore(): void {}
