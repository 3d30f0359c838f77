import {expect, test} from 'vitest'
import {logGamma, normalSurvival, upperGamma} from '../../sim/engine/gamma-function.ts'

test('ln Γ is that of the factorials and of the half', () => {
  let factorial = 1
  for (let n = 1; n <= 20; n++) {
    expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 12)
    factorial *= n
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13)
  expect(logGamma(0.1)).toBeCloseTo(2.252712651734206, 12)
  // Abramowitz and Stegun 6.1.41 at a million; the relative error is what counts there.
  expect(logGamma(1e6) / 12_815_504.56914761).toBeCloseTo(1, 14)
})

test('Q(a, x) is the tail of an Erlang law for whole a, and exp(-x) for 1', () => {
  for (const x of [1e-9, 0.5, 3, 20, 300]) {
    expect(upperGamma(1, x) / Math.exp(-x)).toBeCloseTo(1, 12)
    const erlang = Math.exp(-x) * (1 + x + x ** 2 / 2 + x ** 3 / 6)
    expect(upperGamma(4, x) / erlang).toBeCloseTo(1, 12)
  }
  expect([upperGamma(2, 0), upperGamma(2, Infinity)]).toEqual([1, 0])
})

test('the normal tail has the values of the tables', () => {
  expect(normalSurvival(0)).toBe(0.5)
  expect(normalSurvival(1.959963984540054)).toBeCloseTo(0.025, 14)
  expect(normalSurvival(-1.2815515655446004)).toBeCloseTo(0.9, 14)
  expect(normalSurvival(6) / 9.865876450376946e-10).toBeCloseTo(1, 11)
})
