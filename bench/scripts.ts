import {Random} from '../sim/engine/random.ts'
import {type Script, sleep} from '../sim/engine/script.ts'
import {Simulator} from '../sim/engine/simulator.ts'
import {draws, type Measured, measure, mixed, runFor} from './measure.ts'

/** A thousand scripts that sleep. */
export function scripts(): Measured {
  const sim = new Simulator(1)
  const random = new Random('scripts')
  const delays = draws(() => random.exponentialFloat() * 1e6)
  let k = 0
  let sum = 0
  function* sleeper(row: number): Script {
    for (;;) {
      yield* sleep(delays[k++ & 0xfffff]!)
      sum = mixed(sum, row)
    }
  }
  for (let i = 0; i < 1_000; i++) sim.start(sleeper(i))
  sim.run(0)
  return measure(
    () => runFor(sim, 400_000_000),
    () => sum,
  )
}
