import {describe, expect, test} from 'vitest'
import {roundedUp, settling, verdict} from '../../sim/experiment/verdict.ts'
import {way} from './results.ts'

const rough = way(
  'hard-restart',
  {refused: 100, duration: 60},
  {refused: 110, duration: 60},
  {refused: 120, duration: 60},
)
const gentle = way('takeover', {cut: 20, capacity: 1}, {cut: 21, capacity: 1}, {cut: 25, capacity: 1})

describe('the verdict on several ways', () => {
  test('names the one that disrupts least for certain, its price and what haste would cost', () => {
    // 20, 21 and 25: mean 22, s = √7, 4.303 × √(7/3) = 6.6. 80, 89, 95 more: mean 88, s = 7.55, 4.303 × 7.55 / √3 = 18.8.
    expect(verdict([rough, gentle])).toEqual([
      'takeover disrupts least, with 95 % confidence: 22.0 ± 6.6 (1.100 %).',
      'It takes 10 min and keeps all hosts taking new work.',
      'hard-restart is through in 1 min, for 88 ± 19 more disruptions.',
      expect.stringMatching(/^What is left under takeover is mostly: killed at drain end. To have less/),
    ])
  })

  test('leaves undecided what may be chance, and says how many replications would settle it', () => {
    // 0, 5 and -2 more: mean 1, s = √13.
    const rival = way('rival', {cut: 20, capacity: 1}, {cut: 26, capacity: 1}, {cut: 23, capacity: 1})
    const sentences = verdict([gentle, rival])
    expect(sentences[0]).toBe('takeover disrupts least on average: 22.0 ± 6.6 (1.100 %).')
    expect(sentences[2]).toBe(
      'Undecided: takeover has 1.0 ± 9.0 fewer than rival, which may be chance; some 53 replications would settle it.',
    )
  })

  test('says that there is no difference where there is none, and prefers the quickest of those', () => {
    const [slow, quick] = [600, 60].map((duration, i) => way(`way-${i}`, {duration}, {duration}, {duration}))
    expect(verdict([slow!, quick!, rough])).toEqual([
      'way-1 and way-0 disrupt nothing.',
      'way-1 takes 1 min and leaves at least 80.0 % of the hosts taking new work.',
      'There is no difference between them in 3 replications.',
    ])
  })

  test('does not name one that did not come to its end under every seed', () => {
    const open = way('endless', {duration: null}, {}, {halted: true, old: 1})
    expect(verdict([open, rough])[0]).toBe(
      'endless did not come to its end in 2 of 3 replications, so what it costs is not all told.',
    )
    expect(verdict([open, rough])[1]).toMatch(/^Only hard-restart did in all: it disrupts 110 ± 25 and takes 1 min/)
    expect(verdict([open])).toHaveLength(1)
  })
})

test('replications are rounded up to two digits', () => {
  expect([2, 38, 101, 1_049].map(roundedUp)).toEqual([2, 38, 110, 1_100])
  expect(settling(1_049)).toBe('some 1,100 replications would settle it')
  expect(settling(Infinity)).toBe('no number of replications within reason would settle it')
})
