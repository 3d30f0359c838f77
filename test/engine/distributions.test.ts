import {describe, expect, test} from 'vitest'
import {
  type Distribution,
  empirical,
  exponential,
  fixed,
  forever,
  gamma,
  lognormal,
  mixture,
  pareto,
  uniform,
  weibull,
} from '../../sim/engine/distributions.ts'
import {Random} from '../../sim/engine/random.ts'
import {minutes, seconds} from '../../sim/engine/time.ts'
import {critical, distance, draws} from './kolmogorov-smirnov.ts'

/** A right sampler exceeds a bound for 1 seed in 10,000; the seeds are fixed, so a test that passes always passes. */
const confidence = 0.9999
const count = 100_000

const laws: Record<string, Distribution> = {
  fixed: fixed(seconds(3)),
  uniform: uniform(seconds(1), seconds(9)),
  'uniform from 0': uniform(0, seconds(9)),
  exponential: exponential(minutes(10)),
  'lognormal of uploads': lognormal({mean: seconds(40), sigma: 1}),
  'lognormal of sessions': lognormal({mean: minutes(10), sigma: 2}),
  'weibull with falling hazard': weibull({mean: minutes(10), shape: 0.5}),
  'weibull with rising hazard': weibull({mean: minutes(10), shape: 3}),
  'pareto with a variance': pareto({mean: minutes(10), shape: 2.5}),
  'pareto without': pareto({minimum: seconds(30), shape: 1.3}),
  'gamma below 1': gamma({mean: minutes(1), shape: 0.4}),
  'gamma above 1': gamma({mean: minutes(1), shape: 5.5}),
  empirical: empirical([seconds(1), seconds(1), seconds(5), seconds(120), 0]),
  mixture: mixture([
    {weight: 9, of: exponential(seconds(1))},
    {weight: 1, of: lognormal({mean: minutes(10), sigma: 1})},
    {weight: 2, of: fixed(seconds(20))},
  ]),
}

describe.each(Object.entries(laws))('%s', (name, law) => {
  const random = new Random(name)

  test('its samples are whole microseconds that follow its survival function', () => {
    const sample = draws(count, () => law.sample(random))
    expect(sample.every(x => Number.isInteger(x) && x >= 0)).toBe(true)
    expect(distance(sample, law.survival)).toBeLessThan(critical(count, confidence))
  })

  test('its residuals follow its equilibrium law', () => {
    const sample = draws(count, () => law.residual(random))
    expect(sample.every(x => Number.isInteger(x) && x >= 0)).toBe(true)
    expect(distance(sample, law.residualSurvival)).toBeLessThan(critical(count, confidence))
  })

  test('a uniform share of a length-biased sample has the same law as a residual', () => {
    const sample = draws(count, () => Math.round(random.uniform() * law.lengthBiased(random)))
    expect(distance(sample, law.residualSurvival)).toBeLessThan(critical(count, confidence))
  })

  test('its mean is the integral of its survival function, and the residual law is the rest of it', () => {
    expect(tailIntegral(law, 0) / law.mean).toBeCloseTo(1, 3)
    for (const share of [0.1, 0.5, 1, 2, 5]) {
      const x = share * law.mean
      expect(law.residualSurvival(x)).toBeCloseTo(tailIntegral(law, x) / law.mean, 3)
    }
  })

  test('nothing is shorter than nothing', () => {
    expect([law.survival(-1), law.residualSurvival(-1), law.residualSurvival(0)]).toEqual([1, 1, 1])
  })
})

test('the tests tell a law from another whose mean is 3 % higher, and a residual from a sample', () => {
  const random = new Random('power')
  const law = lognormal({mean: seconds(40), sigma: 1})
  const other = lognormal({mean: seconds(41.2), sigma: 1})
  const bound = critical(count, confidence)
  expect(
    distance(
      draws(count, () => other.sample(random)),
      law.survival,
    ),
  ).toBeGreaterThan(bound)
  expect(
    distance(
      draws(count, () => law.sample(random)),
      law.residualSurvival,
    ),
  ).toBeGreaterThan(10 * bound)
})

test('means are what was asked for', () => {
  for (const make of [gamma, weibull, pareto]) expect(make({mean: 1234, shape: 1.7}).mean).toBe(1234)
  expect(uniform(2, 4).mean).toBe(3)
  expect(pareto({minimum: 10, shape: 2}).mean).toBe(20)
  expect(empirical([1, 2, 6]).mean).toBe(3)
  expect(
    mixture([
      {weight: 1, of: fixed(10)},
      {weight: 3, of: fixed(2)},
    ]).mean,
  ).toBe(4)
})

test('a Pareto law without a mean has samples but no steady state', () => {
  const law = pareto({minimum: 100, shape: 0.9})
  const random = new Random('pareto')
  expect(law.mean).toBe(Infinity)
  expect(law.sample(random)).toBeGreaterThanOrEqual(100)
  const impossible = [() => law.residual(random), () => law.lengthBiased(random), () => law.residualSurvival(1)]
  for (const ask of impossible) expect(ask).toThrow(/shape 0.9 the mean is infinite/)
  const among = mixture([
    {weight: 1, of: fixed(1)},
    {weight: 1, of: law},
  ])
  expect(among.mean).toBe(Infinity)
  expect(() => among.residual(random)).toThrow(/a part \(pareto\) has an infinite mean/)
})

test('the heaviest tail gives numbers that can still be added to a time', () => {
  const law = pareto({minimum: seconds(1), shape: 0.05})
  const random = new Random('heavy')
  const longest = Math.max(...draws(10_000, () => law.sample(random)))
  expect(longest).toBe(2 ** 52)
})

test('for ever is for ever', () => {
  const random = new Random('forever')
  for (const law of [forever, fixed(Infinity), exponential(Infinity)])
    expect([law.mean, law.sample(random), law.residual(random), law.survival(1e300)]).toEqual([
      Infinity,
      Infinity,
      Infinity,
      1,
    ])
})

test('durations of nothing are allowed where they make sense', () => {
  const random = new Random('nothing')
  for (const law of [fixed(0), uniform(0, 0), empirical([0, 0]), mixture([{weight: 1, of: fixed(0)}])])
    expect([law.mean, law.sample(random), law.residual(random), law.survival(0), law.residualSurvival(1)]).toEqual([
      0, 0, 0, 0, 0,
    ])
})

test.each<[string, () => Distribution, RegExp]>([
  ['fixed, negative', () => fixed(-1), /fixed: a duration is 0 or longer, not -1/],
  ['fixed, undefined', () => fixed(NaN), /not NaN/],
  ['uniform, upside down', () => uniform(3, 2), /from 3 to 2/],
  ['uniform, endless', () => uniform(3, Infinity), /from 3 to Infinity/],
  ['exponential', () => exponential(0), /exponential: the mean is a finite number above 0, not 0/],
  ['lognormal', () => lognormal({mean: 1, sigma: 0}), /sigma/],
  ['weibull', () => weibull({mean: 1, shape: -1}), /the shape/],
  ['weibull, too heavy', () => weibull({mean: 1, shape: 0.001}), /0.05 or more, not 0.001/],
  ['gamma', () => gamma({mean: NaN, shape: 1}), /the mean/],
  ['pareto, no mean', () => pareto({mean: 10, shape: 1}), /a shape above 1 or a minimum would do/],
  ['empirical, empty', () => empirical([]), /at least one/],
  ['empirical, negative', () => empirical([1, -2]), /not -2/],
  ['mixture, empty', () => mixture([]), /at least one/],
  ['mixture, weightless', () => mixture([{weight: 0, of: fixed(1)}]), /a weight/],
])('parameters that make no law are refused: %s', (_, make, message) => {
  expect(make).toThrow(RangeError)
  expect(make).toThrow(message)
})

/** The integral of the survival function from `x` to infinity, by Simpson's rule in the logarithm of 1 + (u - x) / scale. */
function tailIntegral(law: Distribution, x: number): number {
  const scale = law.mean / 1000
  // Pareto 1.3 needs a very long tail: e^50 is beyond every other law's.
  const most = 50
  const steps = 100_000
  const width = most / steps
  const value = (i: number) => {
    const stretch = Math.exp(i * width)
    return law.survival(x + scale * (stretch - 1)) * scale * stretch
  }
  let sum = value(0) + value(steps)
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * value(i)
  return (sum * width) / 3
}
