import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {axisOf} from '../../sim/experiment/design/axis.ts'
import {DesignMistake} from '../../sim/experiment/design/mistake.ts'
import * as units from '../../sim/scenario/units.ts'

describe('the levels of an axis', () => {
  test.each([
    ['5%,10%,20%', '5% 10% 20%'],
    ['2..10:5', '2 4 6 8 10'],
    ['1..10:4', '1 4 7 10'],
    ['1.0..2.5:4', '1 1.5 2 2.5'],
    ['1m..40m:8', '1m 6m34s 12m9s 17m43s 23m17s 28m51s 34m26s 40m'],
    ['5%..20%:4', '5% 10% 15% 20%'],
    ['1..64:4:log', '1 4 16 64'],
    ['10/s..1000/s:3:log', '10/s 100/s 1000/s'],
    ['64KiB..16MiB:5:log', '64KiB 256KiB 1MiB 4MiB 16MiB'],
    ['1MB/s..3MB/s:3', '976.5625KiB/s 1.907227MiB/s 2.861023MiB/s'],
    ['-3..3:3', '-3 0 3'],
    ['none,10s..30s:3', 'none 10s 20s 30s'],
    ['{fixed: 5ms},{lognormal: {mean: 1s, sigma: 2}}', '{fixed: 5ms} {lognormal: {mean: 1s, sigma: 2}}'],
    ['{empirical: {file: ../lives.csv}}', '{empirical: {file: ../lives.csv}}'],
    ['graceful-drain,socket-takeover', 'graceful-drain socket-takeover'],
  ])('of %s are %s', (values, levels) => {
    const {path, levels: found} = axisOf(`a.b=${values}`)
    expect([path, found?.join(' ')]).toEqual(['a.b', levels])
  })

  test('are not those of a seed, for every point has the same seeds', () => {
    expect(() => axisOf('seed=1,2')).toThrow('--vary takes no seed')
  })

  test('of a range lie evenly, in order, from the one end to the other', () => {
    const duration = fc.integer({min: 1, max: 1e12})
    fc.assert(
      fc.property(duration, duration, fc.integer({min: 2, max: 50}), fc.boolean(), (from, length, count, isLog) => {
        fc.pre(length >= 1_000_000)
        const to = from + length
        const text = `${units.formatDuration(from)}..${units.formatDuration(to)}:${count}${isLog ? ':log' : ''}`
        const levels = axisOf(`a=${text}`).levels!.map(level => units.parseDuration(level)!)
        expect([levels.length, levels[0], levels.at(-1)]).toEqual([count, from, to])
        const place = (value: number) =>
          isLog ? Math.log(value / from) / Math.log(to / from) : (value - from) / length
        for (const [i, level] of levels.entries()) {
          // No further off than a thousandth of the range, or a microsecond.
          const grain = isLog ? 1 / (level * Math.log(to / from)) : 1 / length
          expect(Math.abs(place(level) - i / (count - 1))).toBeLessThanOrEqual(0.51 * Math.max(1e-3, grain) + 1e-9)
        }
      }),
    )
  })
})

test('more values between the same ends are told as finely, so that those that are there before stay what they are', () => {
  const few = axisOf('a=1m..40m:8').levels!
  expect(axisOf('a=1m..40m:15').levels!.filter((_, i) => i % 2 === 0)).toEqual(few)
})

describe('a share of an axis', () => {
  const at = (values: string, ...shares: number[]) => shares.map(share => axisOf(`a=${values}`).at(share))
  test('is so much of the way through a range', () => {
    expect(at('1m..3m', 0, 0.25, 0.5)).toEqual(['1m', '1m30s', '2m'])
    expect(at('1s..100s:7:log', 0, 0.5)).toEqual(['1s', '10s'])
  })

  test('is one of a list, or of whole numbers, each as often as another', () => {
    expect(at('a,b,c', 0, 0.32, 0.34, 0.99)).toEqual(['a', 'a', 'b', 'c'])
    expect(at('1..4', 0, 0.24, 0.25, 0.99)).toEqual(['1', '1', '2', '4'])
  })
})

describe('what is no axis is told with what would be one', () => {
  test.each([
    ['a', 'wants PATH=VALUES'],
    ['=1,2', 'wants PATH=VALUES'],
    ['a=1,,2', 'has an empty value'],
    ['a=1,2,1', 'has 1 twice'],
    ['a=1m..40x:3', "'1m' and '40x' are no two values of one kind"],
    ['a=1m..40:3', "'1m' and '40' are no two values of one kind"],
    ['a=40m..1m:3', 'goes from the smaller to the larger'],
    ['a=0s..1m:3:log', 'no logarithm'],
    ['a=1s..2s:3:sin', "'sin' is no scale"],
    ['a=1s..2s:1', 'wants 2 to 1000 values, not 1'],
    ['a=1..3:5', 'fewer than 5 different values; with a point in an end, as 1.0'],
    ['a=1s..2s,5s', 'wants to know how many values'],
  ])('%s', (text, message) => {
    expect(() => axisOf(text)).toThrow(DesignMistake)
    expect(() => axisOf(text)).toThrow(message)
  })
})
