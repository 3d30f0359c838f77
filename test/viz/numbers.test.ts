import {describe, expect, test} from 'vitest'
import {estimate} from '../../sim/experiment/estimate.ts'
import type {Report} from '../../sim/metrics/report.ts'
import {intervals} from '../../viz/views/numbers/intervals.ts'
import {totalsTable} from '../../viz/views/numbers/totals.ts'
import {reportOf} from '../cli/reports.ts'
import {traced} from '../trace/traced.ts'

const reports = (...refused: readonly number[]): Report[] => refused.map(it => reportOf({refused: it}))
const row = (lanes: readonly (readonly Report[])[], head: string) =>
  intervals(lanes, estimate).find(it => it.head.trim() === head)!

describe('numbers over several seeds', () => {
  test('are means with half of the interval of Student’s t', () => {
    // Of 10, 20, 30: s = 10, t(0.975; 2) = 4.303, so 4.303 × 10 / √3 = 24.84.
    expect(row([reports(10, 20, 30)], 'refused').cells).toEqual([{text: '20 ± 25', isBest: false}])
  })

  test('differ from the first lane by pairs of one seed, not by their means alone', () => {
    // 13 - 10, 22 - 20, 34 - 30 = 3, 2, 4: mean 3, s = 1, 4.303 / √3 = 2.48. Unpaired it would be lost in ± 25.
    const [first, second] = row([reports(10, 20, 30), reports(13, 22, 34)], 'refused').cells
    expect(first!.difference).toBeUndefined()
    expect(second!.difference).toEqual({text: '+3 ± 2', isClear: true})
  })

  test('that may differ by chance only are not clear', () => {
    // -5, 0, 6: mean 1/3, s = 5.51, 4.303 × 5.51 / √3 = 13.7.
    const {difference} = row([reports(10, 20, 30), reports(5, 20, 36)], 'refused').cells[1]!
    expect(difference).toEqual({text: '0 ± 14', isClear: false})
    expect(row([reports(1, 2), reports(1, 2)], 'refused').cells[1]!.difference!.text).toBe('the same')
  })

  test('have the lane with the best mean marked, unless all look alike', () => {
    const best = (...lanes: Report[][]) => row(lanes, 'refused').cells.map(({isBest}) => isBest)
    expect(best(reports(10, 20), reports(1, 9), reports(30, 40))).toEqual([false, true, false])
    expect(best(reports(10, 20), reports(20, 10))).toEqual([false, false])
  })

  test('are not told where one seed has none, such as a release that did not end', () => {
    const open = [reportOf({duration: 600}), reportOf({duration: null})]
    const done = [reportOf({duration: 300}), reportOf({duration: 360})]
    // 300 and 360 s: mean 5.5 min, s = 42.4 s, 12.706 × 42.4 s / √2 = 381 s.
    const [first, second] = row([open, done], 'duration, min').cells
    expect(first).toEqual({text: '–', isBest: false})
    expect(second).toEqual({text: '5.50 ± 6.35', isBest: true})
  })
})

describe('the totals of a trace', () => {
  test('are those of its report', () => {
    const {totals} = traced('hard-restart')
    const {columns, rows} = totalsTable(totals)
    const cells = (head: string) => rows.find(it => it.head.trim() === head)!.cells.map(({text}) => text)
    expect(columns).toEqual(Object.keys(totals))
    expect(cells('started')).toEqual(Object.values(totals).map(({started}) => started.toLocaleString('en')))
    expect(cells('process killed')).toEqual(
      Object.values(totals).map(({causes}) => (causes.killed ?? 0).toLocaleString('en')),
    )
  })

  test('leave out what a file has wrong, and name a cause that they do not know as it is', () => {
    const {rows} = totalsTable({web: {started: 'many', causes: {'cosmic-ray': 3}}, chat: null})
    const cells = (head: string) => rows.find(it => it.head.trim() === head)?.cells.map(({text}) => text)
    expect([cells('started'), cells('cosmic-ray')]).toEqual([
      ['–', '–'],
      ['3', '0'],
    ])
  })
})
