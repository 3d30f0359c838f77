import {EventQueue} from '../sim/engine/event-queue.ts'
import {Random} from '../sim/engine/random.ts'
import {drawn, type Measured, measure, mixed} from './measure.ts'

/** How long after an event the next one is due, in microseconds. */
const increments: Record<string, (random: Random) => number> = {
  exponential: random => random.exponentialFloat() * 1e6,
  constant: () => 1e6,
  pareto: random => Math.exp(random.exponentialFloat() / 1.1) * 1e5,
  equal: () => 1e6,
  bimodal: random => (random.uniform() < 0.9 ? random.uniform() * 1e5 : (1 + random.uniform()) * 1e7),
}
export const laws = Object.keys(increments)

/** The hold model: takes the first of n events and puts it back an increment later. */
export function hold(law: string, count: string): Measured {
  const n = Number(count)
  const operations = Math.max(400_000, n / 2)
  const random = new Random(`hold/${law}`)
  const delays = drawn(() => increments[law]!(random))
  const queue = new EventQueue()
  let k = 0
  let sum = 0
  for (let i = 0; i < n; i++) {
    const start = law === 'equal' ? 0 : law === 'constant' ? Math.round(random.uniform() * 1e6) : delays[k++]!
    queue.push(start, 0, i)
  }
  const part = () => {
    for (let i = 0; i < operations; i++) {
      queue.pop(Infinity)
      const {row} = queue
      sum = mixed(sum, row)
      queue.push(queue.time + delays[k++ & 0xfffff]!, 0, row)
    }
    return operations
  }
  return measure(part, () => sum)
}
