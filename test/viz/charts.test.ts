import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {seconds} from '../../sim/engine/time.ts'
import {bucketsIn, type Course, extent, folded} from '../../viz/draw/course.ts'
import {linear, logarithmic, spread} from '../../viz/draw/scale.ts'
import {families} from '../../viz/recording/family.ts'
import {type Recording, recordingOf} from '../../viz/recording/recording.ts'
import {Tally} from '../../viz/recording/tally.ts'
import {barsOf, barWidth, highest, totalAt} from '../../viz/views/charts/bars.ts'
import {gist, gistOfBars} from '../../viz/views/charts/gist.ts'
import {perSecond, shareOf} from '../../viz/views/charts/unit.ts'
import {traced} from '../trace/traced.ts'

const course = (values: readonly number[], width = 10): Course => ({width, values: Float64Array.from(values)})
const rough = recordingOf(traced('hard-restart'))
const gentle = recordingOf(traced('socket-takeover'))
const whole = {from: 0, to: rough.end}
const sum = (values: Iterable<number>) => [...values].reduce((a, b) => a + b, 0)

describe('a course', () => {
  test('knows the buckets that reach into a stretch of time', () => {
    expect(bucketsIn(course([1, 2, 3, 4]), {from: 0, to: 40})).toEqual([0, 4])
    expect(bucketsIn(course([1, 2, 3, 4]), {from: 10, to: 20})).toEqual([1, 2])
    expect(bucketsIn(course([1, 2, 3, 4]), {from: 9, to: 21})).toEqual([0, 3])
  })

  test('ranges over what it has in a stretch of time, and over nothing where it has nothing', () => {
    expect(extent([course([9, 2, 3]), course([1, Number.NaN, 7])], {from: 10, to: 30})).toEqual([2, 7])
    expect(extent([course([Number.NaN])], {from: 0, to: 10})).toBeUndefined()
  })

  test('keeps its worst value where there is no room for all', () => {
    const values = fc.array(fc.double({min: 0, max: 1e6, noNaN: true}), {minLength: 1, maxLength: 50})
    fc.assert(
      fc.property(values, fc.integer({min: 1, max: 60}), fc.constantFrom('least', 'most'), (all, room, worst) => {
        const span = {from: 0, to: all.length * 10}
        const less = folded(course(all), span, room, worst)
        expect(less.values.length).toBeLessThanOrEqual(Math.max(room, 1))
        const pick = worst === 'least' ? Math.min : Math.max
        expect(pick(...less.values)).toBe(pick(...all))
      }),
    )
  })

  test('has a gap only where a whole bucket has no value', () => {
    const {width, values} = folded(course([Number.NaN, 3, Number.NaN, Number.NaN]), {from: 0, to: 40}, 2, 'least')
    expect([width, ...values]).toEqual([20, 3, Number.NaN])
  })
})

describe('a scale', () => {
  test('reaches from 0 to a round number', () => {
    const {y, ticks} = linear([3, 733], 100, 'most')
    expect(ticks).toEqual([0, 500, 1000])
    expect([y(0), y(1000)]).toEqual([93, 7])
  })

  test('leaves the falls of what hardly falls to be seen', () => {
    expect(linear([0.985, 1], 100, 'least').ticks[0]).toBeGreaterThan(0.89)
    expect(linear([0.8, 1], 100, 'least').y(0.5)).toBeCloseTo(93, 9)
    expect(linear([0.2, 1], 100, 'least').y(0)).toBe(93)
  })

  test('has all values of its range within the pane', () => {
    // As series have them: to six places.
    const value = fc.double({min: 0, max: 1e9, noNaN: true}).map(it => Math.round(it * 1e6) / 1e6)
    const range = fc.tuple(value, value).map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])
    fc.assert(
      fc.property(range, fc.constantFrom('least', 'most'), ([low, high], worst) => {
        const {y} = linear([low, high], 100, worst)
        for (const value of [low, high]) {
          expect(y(value)).toBeGreaterThanOrEqual(7 - 1e-6)
          expect(y(value)).toBeLessThanOrEqual(93 + 1e-6)
        }
      }),
    )
  })

  test('of powers of ten has each as high as the others', () => {
    const {y, ticks} = logarithmic([0.02, 7], 100)
    expect(ticks).toEqual([0.01, 0.1, 1, 10])
    expect(y(0.01) - y(0.1)).toBeCloseTo(y(1) - y(10), 9)
  })

  test('keeps labels apart, in order, and in the pane', () => {
    expect(spread([50, 50, 10], 12, 100)).toEqual([50, 62, 10])
    expect(spread([95, 96, 97], 12, 100)).toEqual([76, 88, 100])
  })
})

describe('bars', () => {
  const of = (recording: Recording) => ({recording, tally: new Tally(recording)})

  test('have every disruption in exactly one of them, whatever their width', () => {
    fc.assert(
      fc.property(fc.integer({min: 1, max: 100}), share => {
        const width = Math.ceil((rough.end * share) / 100)
        const {counts} = barsOf(of(rough), whole, width)
        families.forEach((_, family) => {
          const all = rough.disruptions.family.filter(it => it === family).length
          expect(sum(counts[family]!)).toBe(all)
        })
      }),
    )
  })

  test('of whole buckets count what the series count', () => {
    const {width, columns} = rough.series
    const {counts} = barsOf(of(rough), whole, width)
    const disrupted = Object.entries(columns).filter(([name]) => name.endsWith('.disrupted'))
    expect(rough.disruptions.total).toBeGreaterThan(100)
    for (let k = 0; k < counts[0]!.length; k++)
      expect(totalAt(counts, k)).toBe(sum(disrupted.map(([, column]) => column[k]!)))
  })

  test('have what a trace left out as not told apart', () => {
    const {disruptions} = rough
    const kept = Object.fromEntries(
      Object.entries(disruptions).map(([name, column]) => [
        name,
        typeof column === 'number' ? column : column.slice(0, 50),
      ]),
    ) as unknown as Recording['disruptions']
    const cut = {...rough, disruptions: kept}
    const {counts} = barsOf(of(cut), whole, rough.series.width)
    expect(sum(counts.at(-1)!)).toBe(disruptions.total - 50)
    expect(sum(counts.flatMap(column => [...column]))).toBe(disruptions.total)
  })

  test('are some pixels wide: whole buckets from far, and parts of them from near', () => {
    expect(barWidth({from: 0, to: seconds(6600)}, 1200, seconds(11))).toBe(seconds(22))
    expect(barWidth({from: 0, to: seconds(100)}, 1200, seconds(11))).toBe(500_000)
    expect(barWidth({from: 0, to: 100}, 1200, seconds(11))).toBe(1)
  })
})

describe('the gist of a chart', () => {
  const span = {from: 0, to: seconds(240)}
  const minutely = (...values: readonly number[]) => course(values, seconds(60))

  test('tells who falls, how far, from when to when, and names together those who do the same', () => {
    const lines = [
      {name: 'A', course: minutely(1, 0.8, 0.8, 1)},
      {name: 'B', course: minutely(1, 1, 1, 1)},
      {name: 'C', course: minutely(1, 1, 1, 1)},
    ]
    expect(gist('Capacity', lines, span, shareOf('hosts'), 'least')).toBe(
      'Capacity: A falls to 80 % from 1:00 to 3:00; B and C stay at 100 %.',
    )
  })

  test('tells who rises, how far and when, and who has none', () => {
    const lines = [
      {name: 'A', course: minutely(0, 12, 700, 3)},
      {name: 'B', course: minutely(0, 0, 0, 0)},
      {name: 'C', course: minutely(Number.NaN, Number.NaN, Number.NaN, Number.NaN)},
    ]
    expect(gist('Reconnects', lines, span, perSecond, 'most')).toBe(
      'Reconnects: A reaches 700 /s at 2:00; B and C have none.',
    )
  })

  test('speaks of no more than the stretch of time that is shown', () => {
    const lines = [{name: 'A', course: minutely(0, 900, 2, 5)}]
    const late = {from: seconds(120), to: seconds(240)}
    expect(gist('Reconnects', lines, late, perSecond, 'most')).toBe('Reconnects: A reaches 5 /s at 3:00.')
  })

  test('tells what disrupts most, and when', () => {
    const [bars, none] = [rough, gentle].map(recording =>
      barsOf({recording, tally: new Tally(recording)}, whole, recording.series.width),
    )
    const empty = {...none!, counts: none!.counts.map(column => column.map(() => 0))}
    const text = gistOfBars([
      {name: 'A', bars: bars!},
      {name: 'B', bars: empty},
    ])
    const worst = Array.from(bars!.counts[0]!, (_, k) => totalAt(bars!.counts, k)).indexOf(highest(bars!))
    const at = Math.floor((worst * rough.series.width) / seconds(1))
    const clock = `${Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}`
    expect(text).toBe(
      `Disruptions: A has ${rough.disruptions.total.toLocaleString('en')}, mostly reset, most at ${clock}; B has none.`,
    )
  })
})
