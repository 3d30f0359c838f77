import {Random} from '../sim/engine/random.ts'
import {noTimer, Simulator} from '../sim/engine/simulator.ts'
import {draws, type Measured, measure, mixed, runFor} from './measure.ts'

/** The whole engine: n rows, each with its next event; eight kinds; for every ninth event a time-out that is cancelled. */
export function engine(count: string): Measured {
  const n = Number(count)
  const span = (n < 1e6 ? 4e11 : 3e11) / n
  const sim = new Simulator(1)
  const random = new Random('engine')
  const delays = draws(() => random.exponentialFloat() * 1e6)
  const state = new Int32Array(n)
  const counts = new Float64Array(8)
  const timeouts = new Float64Array(16).fill(noTimer)
  let k = 0
  let oldest = 0
  function happen(kind: number, row: number): void {
    state[row] = mixed(state[row]!, kind)
    counts[kind]!++
    const draw = k++
    sim.in(delays[draw & 0xfffff]!, kinds[(row + draw) & 7]!, row)
    if (draw % 9 === 0) {
      const place = oldest++ & 15
      sim.cancel(timeouts[place]!)
      timeouts[place] = sim.in(4_000_000, kinds[row & 7]!, row)
    }
  }
  // Eight functions, as a model has them, not one with eight contexts.
  const handlers = [
    (row: number) => happen(0, row),
    (row: number) => happen(1, row),
    (row: number) => happen(2, row),
    (row: number) => happen(3, row),
    (row: number) => happen(4, row),
    (row: number) => happen(5, row),
    (row: number) => happen(6, row),
    (row: number) => happen(7, row),
  ]
  const kinds = handlers.map((handler, i) => sim.kind(`kind ${i}`, handler))
  for (let i = 0; i < n; i++) sim.in(delays[k++ & 0xfffff]!, kinds[i & 7]!, i)
  return measure(
    () => runFor(sim, span),
    () => state.reduce(mixed, 0),
  )
}
