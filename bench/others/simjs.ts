import {createRequire} from 'node:module'
import {Random} from '../../sim/engine/random.ts'
import {draws, type Measured, measure} from '../measure.ts'

interface Sim {
  addEntity<E>(kind: new (sim: Sim) => E): E
  simulate(end: number, events: number): boolean
}
interface Library {
  readonly Sim: new () => Sim
  readonly Entity: new (sim: Sim) => {setTimer(delay: number): {done(callback: () => void): void}}
}

/** SIM.JS is packed for pages: it exports nothing, and leaves what it has at the window. */
function library(): Library {
  const window: {Sim?: Library} = {}
  Object.assign(globalThis, {window})
  createRequire(import.meta.url)('simjs')
  return window.Sim!
}

/** The hold model of `bench/hold.ts` with exponential increments. */
export function hold(count: string): Measured {
  const {Sim, Entity} = library()
  const random = new Random('hold/exponential')
  const delays = draws(() => random.exponentialFloat() * 1e6)
  let held = 0
  class Holder extends Entity {
    start(): void {
      for (let i = 0; i < Number(count); i++) this.hold()
    }
    hold(): void {
      this.setTimer(delays[held++ & 0xfffff]!).done(() => this.hold())
    }
  }
  const sim = new Sim()
  sim.addEntity(Holder)
  return counted(sim)
}

/** M/M/1 as in `bench/mm1.ts`. */
export function mm1(): Measured {
  const {Sim, Entity} = library()
  const [arrivals, services] = [new Random('mm1/arrivals'), new Random('mm1/services')]
  let length = 0
  class Queue extends Entity {
    start(): void {
      this.arrive()
    }
    arrive(): void {
      if (++length === 1) this.serve()
      this.setTimer(arrivals.exponential(10_000)).done(() => this.arrive())
    }
    serve(): void {
      this.setTimer(services.exponential(9_000)).done(() => this.depart())
    }
    depart(): void {
      if (--length > 0) this.serve()
    }
  }
  const sim = new Sim()
  sim.addEntity(Queue)
  return counted(sim)
}

const events = 20_000

/** By events and not by time, for a span that ends takes the first event after it along. */
function counted(sim: Sim): Measured {
  const part = () => {
    sim.simulate(Number.POSITIVE_INFINITY, events)
    return events
  }
  return measure(part, () => 0)
}
