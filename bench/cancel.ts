import {Random} from '../sim/engine/random.ts'
import {Simulator} from '../sim/engine/simulator.ts'
import {type Measured, measure} from './measure.ts'

/** Two hundred thousand events are scheduled, cancelled in another order, and cleared away. */
export function cancel(): Measured {
  const operations = 200_000
  const sim = new Simulator(1)
  const random = new Random('cancel')
  let happened = 0
  const kind = sim.kind('never', () => happened++)
  const delays = new Float64Array(operations).map(() => Math.round(random.exponentialFloat() * 1e6))
  const timers = new Float64Array(operations)
  const part = () => {
    for (let i = 0; i < operations; i++) timers[i] = sim.in(delays[i]!, kind, i)
    for (let i = 0; i < operations; i++) sim.cancel(timers[(i * 7_919) % operations]!)
    sim.run(sim.now + 30_000_000)
    return operations
  }
  return measure(part, () => happened)
}
