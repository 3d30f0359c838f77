import type {Simulator} from '../sim/engine/simulator.ts'
import type {Duration} from '../sim/engine/time.ts'

/** What one program has to say of one case. */
export interface Measured {
  /** Operations per second of processor time. */
  readonly rate: number
  /** A number that comes out the same for programs that did the same. */
  readonly check: number
}

/**
 * Runs a warm-up of three parts and then ten, each of which says how many operations it did, as
 * bench/reference/common.hpp does; the rate is that of all ten, so that what is done only now and then is counted.
 */
export function measure(part: () => number, check: () => number): Measured {
  for (let i = 0; i < 3; i++) part()
  const start = processorTime()
  let operations = 0
  for (let i = 0; i < 10; i++) operations += part()
  return {rate: operations / (processorTime() - start), check: check()}
}

/** Seconds that all threads of this process have run for; other processes do not add to it. */
function processorTime(): number {
  const {user, system} = process.cpuUsage()
  return (user + system) / 1e6
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle) - 1]!) / 2
}

/** An order-dependent sum, to see that two programs did the same. */
export const mixed = (sum: number, value: number): number => (Math.imul(sum, 31) + value) | 0

/** Draws that both programs make in advance; 2^20 of them, used round and round. */
export const draws = (draw: () => number): Float64Array => new Float64Array(2 ** 20).map(() => Math.round(draw()))

/** Runs a simulator for a span of time; says how many events that were. */
export function runFor(sim: Simulator, span: Duration): number {
  const before = sim.executed
  sim.run(sim.now + span)
  return sim.executed - before
}
