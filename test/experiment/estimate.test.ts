import {expect, test} from 'vitest'
import {Simulator} from '../../sim/engine/simulator.ts'
import {estimate} from '../../sim/experiment/estimate.ts'
import {agree, binomialDeviation, range} from '../oracles/statistics.ts'

test('an interval is the mean give or take Student’s t times the standard error', () => {
  // t for four degrees of freedom and 97.5 % is 2.7764 in every printed table; the standard error is √(2.5 / 5).
  const {mean, half} = estimate([1, 2, 3, 4, 5])
  expect(mean).toBe(3)
  expect(half).toBeCloseTo(2.7764451 * Math.sqrt(0.5), 6)
})

test('what is always the same is certain, and what was seen once is not known at all', () => {
  expect(estimate([7, 7, 7]).half).toBe(0)
  expect(estimate([7])).toMatchObject({mean: 7, half: Number.POSITIVE_INFINITY})
})

test('of intervals of five normal values 95 % hold the true mean', () => {
  // With the normal quantile 1.96 in place of 2.776 only 88 % would.
  const random = new Simulator(1).random('values')
  const intervals = range(4_000).map(() => estimate(range(5).map(() => random.normal())))
  const holding = intervals.filter(({mean, half}) => Math.abs(mean) <= half).length
  agree(holding, 3_800, binomialDeviation(4_000, 0.95))
})
