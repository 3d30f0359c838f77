import {expect, test} from 'vitest'
import {csv} from '../../sim/cli/terminal/csv.ts'
import {reportOf} from './reports.ts'

test('every number of a report is a row with its path; null is an empty value', () => {
  const rows = csv([{strategy: 'hard-restart', report: reportOf({refused: 12})}]).split('\n')
  expect(rows[0]).toBe('strategy,path,value')
  expect(rows).toContain('hard-restart,traffic.web.refused,12')
  expect(rows).toContain('hard-restart,connections.chat.perHost.1,30')
  expect(rows).toContain('hard-restart,traffic.chat.latency.p50,')
  expect(rows.at(-1)).toBe('')
})

test('what has a comma or a quote in it is quoted', () => {
  const report = {...reportOf(), warnings: ['it said "no", twice']}
  expect(csv([{strategy: 'mine', report}])).toContain('mine,warnings.0,"it said ""no"", twice"\n')
})
