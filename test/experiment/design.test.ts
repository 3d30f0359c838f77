import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {Random} from '../../sim/engine/random.ts'
import {axisOf} from '../../sim/experiment/design/axis.ts'
import {designOf, pointsOf} from '../../sim/experiment/design/design.ts'
import {latin} from '../../sim/experiment/design/latin.ts'
import {mostDimensions, sobol} from '../../sim/experiment/design/sobol.ts'
import {range} from '../oracles/statistics.ts'

const seeds = fc.nat(1e6)
const random = (seed: number) => new Random(`${seed}`)
/** How many coordinates lie in each of so many equal parts. */
function counts(values: readonly number[], parts: number): number[] {
  const found = range(parts).map(() => 0)
  for (const value of values) found[Math.floor(value * parts)]!++
  return found
}

test('a Latin hypercube has one point in each stratum of each axis, whatever the seed', () => {
  fc.assert(
    fc.property(seeds, fc.integer({min: 1, max: 300}), fc.integer({min: 1, max: 6}), (seed, count, dimensions) => {
      const points = latin(count, dimensions, random(seed))
      for (const axis of range(dimensions))
        expect(
          new Set(
            counts(
              points.map(point => point[axis]!),
              count,
            ),
          ),
        ).toEqual(new Set([1]))
    }),
    {numRuns: 50},
  )
})

describe('Sobol’s sequence', () => {
  test('has, of its first 2^k points, one in each of the 2^k dyadic intervals of each axis, whatever the seed', () => {
    fc.assert(
      fc.property(seeds, fc.integer({min: 0, max: 9}), (seed, k) => {
        const points = sobol(2 ** k, mostDimensions, random(seed))
        for (const axis of range(mostDimensions))
          expect(
            new Set(
              counts(
                points.map(point => point[axis]!),
                2 ** k,
              ),
            ),
          ).toEqual(new Set([1]))
      }),
      {numRuns: 30},
    )
  })

  test('has, of its first 2^k points, one in each dyadic rectangle of its first two axes', () => {
    // The first two dimensions are a (0, 2)-sequence.
    for (const k of [1, 2, 3, 4, 5, 6]) {
      const points = sobol(2 ** k, 2, random(k))
      for (const wide of range(k + 1)) {
        const high = k - wide
        const boxes = points.map(([x = 0, y = 0]) => Math.floor(x * 2 ** wide) * 2 ** high + Math.floor(y * 2 ** high))
        expect(new Set(boxes).size).toBe(2 ** k)
      }
    }
  })

  test('is that of the paper once its shift is taken away', () => {
    // As every published implementation prints its first points: 0, 1/2, 3/4 and 1/4, …, in the order of Gray's code.
    const points = sobol(8, 3, random(1))
    const shift = points[0]!.map(it => it * 2 ** 32)
    const plain = points.map(point => point.map((it, axis) => ((it * 2 ** 32) ^ shift[axis]!) >>> 0))
    expect(plain.map(point => point.map(it => it / 2 ** 29))).toEqual([
      [0, 0, 0],
      [4, 4, 4],
      [6, 2, 2],
      [2, 6, 6],
      [3, 3, 5],
      [7, 7, 1],
      [5, 1, 7],
      [1, 5, 3],
    ])
  })

  test('is continued by asking for more points', () => {
    const axes = ['a=1m..40m', 'b=1..9', 'c=x,y'].map(axisOf)
    const few = pointsOf(designOf('sobol:16'), axes, 3)
    expect(pointsOf(designOf('sobol:64'), axes, 3).slice(0, 16)).toEqual(few)
  })
})

test.each(['latin:9', 'sobol:9'])('%s is the same for the same seed, and another for another', design => {
  const axes = ['a=1m..40m', 'b=5%..20%'].map(axisOf)
  const points = (seed: number) => pointsOf(designOf(design), axes, seed)
  expect(points(1)).toEqual(points(1))
  expect(points(2)).not.toEqual(points(1))
  expect(points(1)).toHaveLength(9)
})

test('what is no design is told with those that there are', () => {
  for (const text of ['grit', 'latin', 'latin:0', 'sobol:1e3', 'sobol:100001'])
    expect(() => designOf(text)).toThrow('there are grid, latin:N and sobol:N')
  const axes = range(mostDimensions + 1).map(i => axisOf(`a${i}=1..5`))
  expect(() => pointsOf(designOf('sobol:4'), axes, 1)).toThrow('at most 16 axes')
})
