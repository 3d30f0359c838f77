import {EventQueue} from '../sim/engine/event-queue.ts'
import {Random} from '../sim/engine/random.ts'
import {draws, type Measured, measure, mixed} from './measure.ts'

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
  const operations = n < 1e6 ? 400_000 : 300_000
  const random = new Random(`hold/${law}`)
  const delays = draws(() => increments[law]!(random))
  const queue = new EventQueue()
  let drawn = 0
  let sum = 0
  for (let i = 0; i < n; i++) {
    const start = law === 'equal' ? 0 : law === 'constant' ? Math.round(random.uniform() * 1e6) : delays[drawn++]!
    queue.push(start, 0, i)
  }
  const part = () => {
    let mix = sum
    for (let i = 0; i < operations; i++) {
      queue.pop(Infinity)
      const {row} = queue
      mix = mixed(mix, row)
      queue.push(queue.time + delays[(drawn + i) & 0xfffff]!, 0, row)
    }
    sum = mix
    drawn += operations
    return operations
  }
  return measure(part, () => sum)
}
