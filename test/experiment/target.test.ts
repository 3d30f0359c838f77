import {describe, expect, test} from 'vitest'
import {plainData} from '../../sim/experiment/data.ts'
import {front} from '../../sim/experiment/front.ts'
import {type Asked, measureNamed} from '../../sim/experiment/measure.ts'
import {valueAt} from '../../sim/experiment/parameter.ts'
import {quantityOf, rounded} from '../../sim/experiment/quantity.ts'
import {judge, type Target, targetOf} from '../../sim/experiment/target.ts'
import {known} from '../../sim/strategies/index.ts'
import {shippedText} from '../shipped.ts'

const data = plainData(shippedText('edge-release'), [])!

describe('a target', () => {
  test.each([
    ['disruption.fraction <= 0.1%', 'disruption.fraction', 'atMost', 0.001],
    ['disruption<=0.1 %', 'disruption.fraction', 'atMost', 0.001],
    ['capacity.min >= 90%', 'capacity.min', 'atLeast', 0.9],
    ['release.duration ≤ 2h', 'release.duration', 'atMost', 7_200],
    ['traffic.chat.reset < 12', 'traffic.chat.reset', 'atMost', 12],
    ['tiers.edge.memory.peak <= 2GiB', 'tiers.edge.memory.peak', 'atMost', 2 ** 31],
    ['traffic.web.latency.p99 <= 250ms', 'traffic.web.latency.p99', 'atMost', 0.25],
  ])('is read from %s', (text, name, sense, bound) => {
    const target = targetOf(text, data) as Target
    expect(target).toMatchObject({measure: {name}, sense})
    expect(target.bound).toBeCloseTo(bound, 12)
  })

  test.each([
    ['disruption.fraction', 'a target is a measure, <= or >=, and a number'],
    ['disruption.fractoin <= 1%', 'did you mean disruption.fraction?'],
    ['disrupted <= 1%', 'did you mean disruption.fraction?'],
    ['chat.reset <= 1', 'did you mean traffic.chat.reset?'],
    ['edge.capacity.min >= 1', 'did you mean tiers.edge.capacity.min?'],
    ['traffic.chatt.reset <= 1', 'wanted a workload: "chat"'],
    ['nonsense <= 1', 'measures: disruption.refused'],
    ['disruption.fraction <= 5s', 'disruption.fraction is no duration, as 5s is'],
    ['release.duration <= 5%', 'release.duration is no share, as 5% is'],
    ['disruption.fraction <= few', "'few' in 'disruption.fraction <= few' is no number"],
  ])('that is none says what is wrong: %s', (text, complaint) => expect(targetOf(text, data)).toContain(complaint))

  test('is met, missed or undecided by the whole interval', () => {
    const target = targetOf('disruption.count <= 10', data) as Target
    // Of 7, 8 and 9 the interval is 8 ± 2.48.
    expect(judge(target, [7, 8, 9], 0.95).state).toBe('undecided')
    expect(judge(target, [6, 7, 8], 0.95).state).toBe('met')
    expect(judge(target, [13, 14, 15], 0.95).state).toBe('missed')
    expect(judge(target, [7, 8, 9], 0.9).state).toBe('met')
    expect(judge(target, [7, 8, 9], 0.95).needed).toBe(4)
    expect(judge(target, [7, null, 9], 0.95)).toEqual({state: 'undecided'})
    const least = targetOf('capacity.min >= 90%', data) as Target
    expect([1, 0.8].map(it => judge(least, [it, it], 0.95).state)).toEqual(['met', 'missed'])
  })
})

test('a parameter has the value of the file, of what is set, or the default of its strategy', () => {
  const at = (path: string, set: string[] = [], replaced?: string) =>
    valueAt(plainData(shippedText('edge-release'), set)!, path, known, replaced)
  expect(at('release.edge.options.drainTimeout')).toBe('20m')
  expect(at('release.edge.options.drainTimeout', ['release.edge.options.drainTimeout=5m'])).toBe('5m')
  expect(at('release.edge.options.pause')).toBe('0s')
  expect(at('release.edge.options.settle', [], 'graceful-drain')).toBe('1s')
  expect(at('release.edge.options.nonsense')).toBeUndefined()
  expect(at('release.nowhere.options.pause')).toBeUndefined()
  expect(at('release.edge')).toBeUndefined()
})

test('a quantity is written as it is read, and rounded to what is known of it', () => {
  for (const text of ['20m', '1h30m', '250ms', '5%', '400/s', '64KiB', '1MiB/s', '3', '0.5']) {
    const kind = quantityOf(text)!
    const value = kind.parse(text)!
    expect([text, kind.format(value)]).toEqual([text, text])
  }
  expect(['none', 'hard-restart', ''].map(text => quantityOf(text))).toEqual([undefined, undefined, undefined])
  const kind = quantityOf('46m')!
  expect(kind.format(rounded(kind.parse('46m3.21s')!, kind))).toBe('46m')
  expect(rounded(3.6, quantityOf('3')!)).toBe(4)
})

test('on the front is what nothing else is better than in all', () => {
  const measures = [measureNamed('duration', data), measureNamed('capacity', data)] as Asked[]
  // Less time and more capacity are better; the third is worse than the second in both.
  const figures = [
    [10, 0.8],
    [20, 0.9],
    [21, 0.85],
    [30, 1],
    [20, 0.9],
    [5, undefined],
  ]
  expect(front(figures, measures)).toEqual([true, true, false, true, true, false])
})
