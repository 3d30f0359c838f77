import {Simulator} from '../engine/simulator.ts'
import {maglevRing, type Ring, ringDelta, ringSize} from '../net/l4/maglev.ts'
import {type Claim, type Curve, target} from './target.ts'

/** Maglev (NSDI 2016) studied a thousand backends on these two sizes of table. */
const reals = Array.from({length: 1_000}, (_, real) => real)
const largeSize = 655_373

type Points = readonly (readonly [failedPercent: number, changedPercent: number])[]
const small: Points = [
  [0.1, 0.6],
  [0.5, 1.8],
  [1, 2.3],
  [1.5, 2.3],
  [2, 2.6],
  [2.5, 2.8],
]
const large: Points = [
  [0.1, 0.33],
  [1, 0.57],
  [2.5, 0.75],
]

/** Slots of the reals that stay which change owner when some others fail, in percent of the ring. */
function collateral(before: Ring, failed: ReadonlySet<number>): number {
  const after = maglevRing(
    reals.filter(real => !failed.has(real)),
    before.length,
  )
  const own = before.filter(real => failed.has(real)).length
  return (100 * (ringDelta(before, after) - own)) / before.length
}

/** The same for each share of failed reals, which chance chooses. */
function curve(points: Points, size: number, seed: number): Curve {
  const before = maglevRing(reals, size)
  const order = shuffled(seed)
  const at = points.map(([percent]) => percent)
  return {at, value: at.map(percent => collateral(before, new Set(order.slice(0, percent * 10))))}
}

function shuffled(seed: number): number[] {
  const random = new Simulator(seed).random('failed')
  const order = [...reals]
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}

const name = (table: string, percent: number) => `${table}-${percent}`
const numbers = (table: string, {at, value}: Curve) => at.map((percent, i) => [name(table, percent), value[i]!])

const claims = (table: string, size: string, points: Points): Claim[] =>
  points.map(([failed, published]) => ({
    about: `${size} slots, ${failed} % failed`,
    number: name(table, failed),
    unit: '%',
    digits: 2,
    published,
    atLeast: round(published - 0.3),
    atMost: round(published + 0.3),
  }))
const round = (value: number) => Math.round(value * 100) / 100

export const r16 = target({
  id: 'R16',
  title: 'Slots of the Maglev ring that change owner though their real did not fail',
  published: {
    says: '1,000 backends on 65,537 slots: 0.6 % when 0.1 % fail, 2.8 % when 2.5 % do; on ten times as many slots much less',
    standing: 'seen',
    source: 'curve of the Maglev paper on a slide of Linux Plumbers 2021',
  },
  strength: 'A',
  arms: {},
  read(_, seed) {
    const curves = {small: curve(small, ringSize, seed), large: curve(large, largeSize, seed)}
    return {numbers: Object.fromEntries([...numbers('small', curves.small), ...numbers('large', curves.large)]), curves}
  },
  claims: [...claims('small', '65,537', small), ...claims('large', '655,373', large)],
  figures: [
    {
      kind: 'curves',
      title: 'Flows that move for nothing',
      caption: 'Whoever fails takes slots of others along: more with every failure, and less on a larger ring.',
      x: {label: 'backends that failed, %', from: 0},
      y: {label: 'slots of the others that moved, %', from: 0},
      lines: [
        {label: '65,537 slots', curve: 'small'},
        {label: '655,373 slots', curve: 'large'},
      ],
      published: {label: 'published', points: [...small, ...large]},
    },
  ],
  remark: 'Exact arithmetic on the ring of sim/net/l4/maglev.ts; each seed has other backends fail.',
})
