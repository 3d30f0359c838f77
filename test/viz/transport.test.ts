import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type Entry, Ledger, ledgerOf} from '../../sim/trace/ledger.ts'
import {families} from '../../viz/recording/family.ts'
import {type Columns, columnsOf, differences, heightOf} from '../../viz/views/transport/columns.ts'
import {layoutOf} from '../../viz/views/transport/layout.ts'
import {marksOf} from '../../viz/views/transport/marks.ts'
import {timeFor} from '../../viz/views/transport/slider.ts'
import {changed, placeOf, speeds, speedText} from '../../viz/views/transport/speeds.ts'

const tallyOf = (times: Readonly<Partial<Record<(typeof families)[number], readonly number[]>>>) => ({
  times: (family: number) => Float64Array.from(times[families[family]!] ?? []),
})

describe('columns', () => {
  test('count what happened in each part of the run, the beginning and the end with it', () => {
    const columns = columnsOf(tallyOf({refused: [0, 10, 11, 100]}), 100, 10)
    expect([...columns.counts]).toEqual([2, 1, 0, 0, 0, 0, 0, 0, 0, 1])
  })

  test('have the colour of the family that most belongs to', () => {
    const {families: of} = columnsOf(tallyOf({refused: [1, 2, 3, 51], reset: [4, 52, 53]}), 100, 2)
    expect([...of].map(it => families[it])).toEqual(['refused', 'reset'])
  })

  test('lose nothing and invent nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000)), fc.integer({min: 1, max: 50}), (times, width) => {
        const {counts} = columnsOf(tallyOf({failed: times.toSorted((a, b) => a - b)}), 1000, width)
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(times.length)
      }),
    )
  })

  test('differ by who has more', () => {
    const columns = (...counts: number[]): Columns => ({counts: Int32Array.from(counts), families: new Int8Array(3)})
    expect([...differences(columns(5, 0, 2), columns(1, 4, 2))]).toEqual([4, -4, 0])
  })

  test('are higher for more, and as high as there is room for most', () => {
    expect(heightOf(1000, 1000)).toBe(1)
    expect(heightOf(1, 1000)).toBeGreaterThan(0.1)
    expect(heightOf(10, 1000)).toBeLessThan(heightOf(100, 1000))
  })
})

describe('marks', () => {
  const events: readonly Entry[] = [
    {at: 0, kind: 'process', process: 1, state: 'serving'},
    {at: 10, kind: 'release', tier: 'edge', state: 'started'},
    {at: 10, kind: 'batch', tier: 'edge', hosts: [0]},
    {at: 20, kind: 'process', process: 1, state: 'draining'},
    {at: 21, kind: 'process', process: 2, state: 'draining'},
    {at: 60, kind: 'power', host: 0, on: false},
    {at: 60, kind: 'process', process: 1, state: 'gone'},
    {at: 70, kind: 'power', host: 0, on: true},
    {at: 80, kind: 'forwarding', balancer: 3, announced: false, forwards: false},
    {at: 100, kind: 'release', tier: 'edge', state: 'finished'},
  ]

  test('stand where releases begin and end, batches begin, processes drain and end, and something fails', () => {
    expect(marksOf(new Ledger(ledgerOf(events)), 100, 10)).toEqual({
      release: [1, 9],
      batch: [1],
      drain: [2],
      gone: [6],
      fault: [6],
    })
  })

  test('tell the failure of a balancer from its restart', () => {
    const dies: Entry = {at: 50, kind: 'forwarding', balancer: 3, announced: true, forwards: false}
    expect(marksOf(new Ledger(ledgerOf([dies])), 100, 10).fault).toEqual([5])
  })
})

describe('speeds', () => {
  test('go from a thousandth to a thousand by steps of 1, 2 and 5', () => {
    expect([speeds[0], speeds[1], speeds.at(-2), speeds.at(-1)]).toEqual([0.001, 0.002, 500, 1000])
    expect(speeds.every((speed, k) => k === 0 || speed / speeds[k - 1]! <= 2.5001)).toBe(true)
  })

  test('read as factors and as fractions', () => {
    expect([200, 1, 147, 0.02, 0.001].map(speedText)).toEqual(['200x', '1x', '147x', '1/50x', '1/1,000x'])
  })

  test('change to the next on the scale from wherever they are, and not beyond it', () => {
    expect([changed(147, true), changed(147, false), changed(1000, true), changed(0.001, false)]).toEqual([
      200, 100, 1000, 0.001,
    ])
  })

  test('lie on the scale at the nearest place', () => {
    expect(speeds[placeOf(147)]).toBe(200)
    for (const speed of speeds) expect(speeds[placeOf(speed)]).toBe(speed)
  })
})

describe('the slider', () => {
  const to = (key: string, shiftKey = false) => timeFor({key, shiftKey}, 500, 1000)

  test('goes by a hundredth, by a tenth with shift or by page, and to the ends', () => {
    expect(['ArrowLeft', 'ArrowRight', 'PageUp', 'Home', 'End'].map(key => to(key))).toEqual([490, 510, 600, 0, 1000])
    expect([to('ArrowLeft', true), to('ArrowUp', true)]).toEqual([400, 600])
  })

  test('leaves all other keys alone, and never leaves the run', () => {
    expect(to('d')).toBe(undefined)
    expect(timeFor({key: 'ArrowLeft', shiftKey: true}, 5, 1000)).toBe(0)
  })
})

test('four runs and their differences leave room for the controls in 150 pixels', () => {
  expect(layoutOf(4, 1440).height).toBeLessThan(118)
  expect(layoutOf(4, 360).height).toBeLessThan(layoutOf(4, 1440).height)
  expect(layoutOf(1, 1440).stripTop(0)).toBe(layoutOf(1, 1440).height)
})
