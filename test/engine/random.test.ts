import alea from 'seedrandom/lib/alea.js'
import {expect, test} from 'vitest'
import {normalSurvival, upperGamma} from '../../sim/engine/gamma-function.ts'
import {Random} from '../../sim/engine/random.ts'
import {Simulator} from '../../sim/engine/simulator.ts'
import {exponentialZiggurat, normalZiggurat} from '../../sim/engine/ziggurat.ts'
import {critical, distance, draws, inUnits, perUnit} from './kolmogorov-smirnov.ts'

/** A right sampler exceeds a bound for 1 seed in 10,000; the seeds are fixed, so a test that passes always passes. */
const confidence = 0.9999
const million = 1_000_000

const exponentialSurvival = (x: number) => (x < 0 ? 1 : Math.exp(-x))

test('uniform draws are those of seedrandom.alea with seed/name', () => {
  const theirs = alea('7/arrivals')
  const ours = new Simulator(7).random('arrivals')
  expect(draws(1_000, () => ours.uniform())).toEqual(draws(1_000, theirs))
})

test('the same seed and name give the same draws, whatever other streams do', () => {
  const alone = new Simulator(7).random('arrivals')
  const sim = new Simulator(7)
  const among = sim.random('arrivals')
  const other = sim.random('other')
  for (let i = 0; i < 1_000; i++) {
    other.normal()
    expect(among.exponentialFloat()).toBe(alone.exponentialFloat())
    sim.random(`stream ${i}`).uniform()
  }
})

test('streams of other names and seeds are not correlated', () => {
  const correlation = (a: Random, b: Random) =>
    draws(100_000, () => (a.uniform() - 0.5) * (b.uniform() - 0.5)).reduce((sum, x) => sum + x, 0) * (12 / 100_000)
  // The product has mean 0 and, times 12, standard deviation 1: four of them are exceeded by 6 pairs in 100,000.
  const bound = 4 / Math.sqrt(100_000)
  for (const [a, b] of [
    ['1/a', '1/b'],
    ['1/a', '2/a'],
    ['1/arrivals', '1/arrivals '],
    ['11/a', '1/1a'],
  ] as const)
    expect(Math.abs(correlation(new Random(a), new Random(b)))).toBeLessThan(bound)
})

test('exponential variates follow their law', () => {
  const random = new Random('exponential')
  const sample = draws(million, () => random.exponentialFloat())
  expect(distance(inUnits(sample), perUnit(exponentialSurvival))).toBeLessThan(critical(million, confidence))
})

test('normal variates follow their law', () => {
  const random = new Random('normal')
  const sample = draws(million, () => random.normal())
  expect(distance(inUnits(sample), perUnit(normalSurvival))).toBeLessThan(critical(million, confidence))
})

test('the tail of the exponential ziggurat is as heavy as it should be, and exponential', () => {
  const random = new Random('exponential tail')
  const {tail} = exponentialZiggurat
  const beyond = tailOf(8 * million, () => random.exponentialFloat(), tail)
  expectCount(beyond.length, 8 * million * Math.exp(-tail))
  expect(distance(inUnits(beyond), perUnit(exponentialSurvival))).toBeLessThan(critical(beyond.length, confidence))
  expect(Math.max(...beyond) + tail).toBeGreaterThan(14)
})

test('both tails of the normal ziggurat are as heavy as they should be, and normal', () => {
  const random = new Random('normal tail')
  const {tail} = normalZiggurat
  const sample = draws(8 * million, () => random.normal())
  for (const sign of [1, -1]) {
    const beyond = sample.filter(x => sign * x > tail).map(x => sign * x - tail)
    expectCount(beyond.length, 8 * million * normalSurvival(tail))
    const survival = (x: number) => (x < 0 ? 1 : normalSurvival(x + tail) / normalSurvival(tail))
    expect(distance(inUnits(beyond), perUnit(survival))).toBeLessThan(critical(beyond.length, confidence))
  }
})

test('the test of Kolmogorov and Smirnov would notice a ziggurat that is one percent off', () => {
  const random = new Random('exponential')
  // exp(-x) and exp(-x / 1.01) differ by 0.0037 at most; the bound is 0.0022.
  const sample = draws(million, () => 1.01 * random.exponentialFloat())
  expect(distance(inUnits(sample), perUnit(exponentialSurvival))).toBeGreaterThan(critical(million, confidence))
})

test.each([0.1, 0.5, 1, 2.5, 100, 1e6])('gamma variates of shape %d follow their law', shape => {
  const random = new Random(`gamma ${shape}`)
  const sample = draws(200_000, () => random.gamma(shape))
  expect(
    distance(
      inUnits(sample),
      perUnit(x => upperGamma(shape, x)),
    ),
  ).toBeLessThan(critical(200_000, confidence))
})

test.each([0, 0.3, 3, 9.99, 10, 30, 1_000, 1e6])('Poisson counts of mean %d follow their law', mean => {
  const random = new Random(`poisson ${mean}`)
  const sample = draws(200_000, () => random.poisson(mean))
  const survival = (x: number) => (x < 0 ? 1 : mean === 0 ? 0 : 1 - upperGamma(Math.floor(x) + 1, mean))
  expect(distance(sample, survival)).toBeLessThan(critical(200_000, confidence))
})

test('integers are evenly spread and below their bound', () => {
  const random = new Random('integer')
  const sample = draws(400_000, () => random.integer(1_000))
  expect(distance(sample, x => 1 - Math.floor(x + 1) / 1_000)).toBeLessThan(critical(400_000, confidence))
  expect(draws(100, () => random.integer(1))).toEqual(draws(100, () => 0))
  expect(() => random.integer(0)).toThrow(/below 0/)
})

test('chance comes true as often as it says', () => {
  const random = new Random('chance')
  expectCount(
    draws(400_000, () => +random.chance(0.3)).reduce((sum, x) => sum + x, 0),
    0.3 * 400_000,
  )
  expect(draws(100, () => +random.chance(1))).toEqual(draws(100, () => 1))
  expect(draws(100, () => +random.chance(0))).toEqual(draws(100, () => 0))
})

test('a shuffle has the same items, leaves the list alone, and puts each first equally often', () => {
  const random = new Random('shuffle')
  const items = ['a', 'b', 'c', 'd']
  const first = new Map<string, number>()
  for (let i = 0; i < 40_000; i++) {
    const shuffled = random.shuffle(items)
    if (i < 100) expect([...shuffled].sort()).toEqual(items)
    first.set(shuffled[0]!, (first.get(shuffled[0]!) ?? 0) + 1)
  }
  expect(items).toEqual(['a', 'b', 'c', 'd'])
  for (const item of items) expectCount(first.get(item)!, 10_000)
})

test('a pick is one of the items; from none it is a bug', () => {
  const random = new Random('pick')
  expect(new Set(draws(100, () => random.pick([3, 5, 7])))).toEqual(new Set([3, 5, 7]))
  expect(() => random.pick([])).toThrow(/nothing to pick/)
})

test('an exponential duration is a whole number, and for ever if its mean is', () => {
  const random = new Random('duration')
  const sample = draws(100_000, () => random.exponential(2_500.5))
  expect(sample.every(Number.isInteger)).toBe(true)
  expect(distance(sample, x => exponentialSurvival(x / 2_500.5))).toBeLessThan(critical(100_000, confidence))
  expect(random.exponential(Infinity)).toBe(Infinity)
})

/** How far each of `count` draws went beyond `tail`, of those that did. */
function tailOf(count: number, draw: () => number, tail: number): number[] {
  const beyond: number[] = []
  for (let i = 0; i < count; i++) {
    const x = draw()
    if (x > tail) beyond.push(x - tail)
  }
  return beyond
}

/** Within four standard deviations of a count whose mean is `expected`: a right one is outside for 6 seeds in 100,000. */
function expectCount(count: number, expected: number): void {
  expect(Math.abs(count - expected)).toBeLessThan(4 * Math.sqrt(expected))
}
