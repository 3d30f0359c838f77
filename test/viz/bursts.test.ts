import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {burstEnd, following, followingBurst, preceding, precedingBurst} from '../../viz/recording/bursts.ts'

const at = Float64Array.of(10, 10, 12, 30, 31, 32, 60)

describe('what is next in rising times', () => {
  test('is the first after an instant, and the last before it', () => {
    expect([following(at, 0), following(at, 10), following(at, 11), following(at, 60)]).toEqual([10, 12, 12, undefined])
    expect([preceding(at, 10), preceding(at, 11), preceding(at, 12), preceding(at, 99)]).toEqual([
      undefined,
      10,
      10,
      60,
    ])
  })

  test('leads from one to the next until all have been seen, and back again', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000)), times => {
        const rising = Float64Array.from(times).sort()
        const distinct = [...new Set(rising)]
        expect([...walk(-1, time => following(rising, time))]).toEqual(distinct)
        expect([...walk(1001, time => preceding(rising, time))]).toEqual(distinct.toReversed())
      }),
    )
  })
})

describe('a burst', () => {
  test('begins where a quiet stretch ends, or with the first of all', () => {
    expect([...walk(-1, time => followingBurst(at, time, 5))]).toEqual([10, 30, 60])
    expect([...walk(99, time => precedingBurst(at, time, 5))]).toEqual([60, 30, 10])
  })

  test('is found again from within it', () => {
    expect(precedingBurst(at, 31, 5)).toBe(30)
    expect(followingBurst(at, 31, 5)).toBe(60)
  })

  test('lasts until the next quiet stretch', () => {
    expect([burstEnd(at, 0, 5), burstEnd(at, 3, 5), burstEnd(at, 6, 5)]).toEqual([12, 32, 60])
  })

  test('takes all if nothing is as quiet as that', () => {
    expect(followingBurst(at, 0, 100)).toBe(10)
    expect(burstEnd(at, 0, 100)).toBe(60)
  })
})

function* walk(from: number, next: (time: number) => number | undefined): Iterable<number> {
  for (let time = next(from); time !== undefined; time = next(time)) yield time
}
