import {type Kind, Simulator} from '../sim/engine/simulator.ts'
import {type Measured, measure, runFor} from './measure.ts'

/** M/M/1 at load 0.9: arrivals, departures, and the integral of the number in the system. */
class Queue {
  readonly sim = new Simulator('mm1')
  readonly #arrivals = this.sim.random('arrivals')
  readonly #services = this.sim.random('services')
  readonly #arrival: Kind = this.sim.kind('arrival', () => this.#arrive())
  readonly #departure: Kind = this.sim.kind('departure', () => this.#depart())
  #length = 0
  #since = 0
  area = 0

  constructor() {
    this.sim.in(0, this.#arrival, 0)
  }

  #arrive(): void {
    this.#count(1)
    if (this.#length === 1) this.#serve()
    this.sim.in(this.#arrivals.exponential(10_000), this.#arrival, 0)
  }

  #depart(): void {
    this.#count(-1)
    if (this.#length > 0) this.#serve()
  }

  #serve(): void {
    this.sim.in(this.#services.exponential(9_000), this.#departure, 0)
  }

  #count(change: number): void {
    this.area += this.#length * (this.sim.now - this.#since)
    this.#since = this.sim.now
    this.#length += change
  }
}

export function mm1(): Measured {
  const queue = new Queue()
  return measure(
    () => runFor(queue.sim, 2e9),
    () => queue.area,
  )
}
