import fc, {property} from 'fast-check'
import {describe, expect, test} from 'vitest'
import {Simulator} from '../../sim/engine/simulator.ts'
import {differenceAmong} from '../../sim/experiment/comparison.ts'
import {difference, replicationsFor} from '../../sim/experiment/difference.ts'
import {estimate, halfWidth} from '../../sim/experiment/estimate.ts'
import {agree, binomialDeviation, range} from '../oracles/statistics.ts'

describe('a difference', () => {
  test('is estimated from the pairs of one seed each', () => {
    // 3, 2 and 4: mean 3, s = 1; Student's t for two degrees of freedom and 97.5 % is 4.3027 in every printed table.
    const found = difference([13, 22, 34], [10, 20, 30])
    expect(found).toMatchObject({mean: 3, replications: 3, verdict: 'more'})
    expect(found.half).toBeCloseTo(4.3026527 / Math.sqrt(3), 6)
    expect(difference([10, 20, 30], [13, 22, 34]).verdict).toBe('less')
  })

  test('is undecided where its interval holds 0, and says what would settle it', () => {
    // -5, 0 and 6: mean 1/3, s = √(91/3); by the normal law it takes about (1.96 s / mean)² = 1,049 of them.
    const {verdict, needed} = difference([5, 20, 36], [10, 20, 30])
    expect(verdict).toBe('undecided')
    expect(needed).toBeGreaterThanOrEqual(1_049)
    expect(needed).toBeLessThan(1_054)
  })

  test('is the same only where all pairs are', () => {
    expect(difference([1, 2, 3], [1, 2, 3]).verdict).toBe('same')
    expect(difference([1, 2, 3], [2, 1, 3])).toMatchObject({mean: 0, verdict: 'undecided', needed: Infinity})
  })

  test('of one pair is never decided', () => {
    expect(difference([1], [5])).toMatchObject({mean: -4, verdict: 'undecided', needed: Infinity})
  })
})

test('the replications that settle a difference are the fewest whose interval leaves out 0', () => {
  const numbers = fc.double({min: 0.01, max: 100, noNaN: true})
  fc.assert(
    property(numbers, numbers, fc.constantFrom(0.9, 0.95, 0.99), (mean, spread, confidence) => {
      const count = replicationsFor(mean, spread, confidence)
      if (count === Infinity) return halfWidth(spread, 1_000_000, confidence) >= mean
      const fewer = count === 2 || halfWidth(spread, count - 1, confidence) >= mean
      return fewer && halfWidth(spread, count, confidence) < mean
    }),
  )
})

/** Pairs of normal values that have a part in common, as runs with the same seed have; their mean difference is 1. */
function pairs(count: number, normal: () => number): [number[], number[]] {
  const common = range(count).map(() => 10 * normal())
  return [common.map(it => it + 1 + normal()), common.map(it => it + normal())]
}

test.each([0.9, 0.95, 0.99])('of intervals of differences a share of %d holds the true one', confidence => {
  const random = new Simulator(1).random('pairs')
  const found = range(4_000).map(() => difference(...pairs(6, () => random.normal()), confidence))
  const holding = found.filter(({mean, half}) => Math.abs(mean - 1) <= half).length
  agree(holding, 4_000 * confidence, binomialDeviation(4_000, confidence))
})

test('what two ways have in common under one seed does not widen the interval of their difference', () => {
  const random = new Simulator(1).random('pairs')
  const [one, other] = pairs(1_000, () => random.normal())
  // The variance of a pair is 2, that of each value 101.
  const narrow = difference(one, other).half
  expect(narrow / estimate(one).half).toBeCloseTo(Math.sqrt(2 / 101), 1)
})

test('of five differences that are told at once all hold in at least 95 of 100 cases', () => {
  const random = new Simulator(2).random('pairs')
  const all = range(2_000).map(() => {
    const found = range(5).map(() => differenceAmong(5, ...pairs(6, () => random.normal())))
    return found.every(({mean, half}) => Math.abs(mean - 1) <= half)
  })
  // Of independent ones 0.99⁵ = 0.951 would; without the correction 0.95⁵ = 0.774.
  agree(all.filter(Boolean).length, 2_000 * 0.99 ** 5, binomialDeviation(2_000, 0.99 ** 5))
})
