import {expect, test} from 'vitest'
import {drawComparison} from '../../sim/cli/terminal/comparison.ts'
import {offBy} from '../../sim/cli/terminal/expectations.ts'
import {drawRun} from '../../sim/cli/terminal/run.ts'
import {plain, printable, type Style, styleFor} from '../../sim/cli/terminal/style.ts'
import {seconds} from '../../sim/engine/time.ts'
import {causes} from '../../sim/net/events.ts'
import type {Scenario} from '../../sim/scenario/scenario.ts'
import {causesInWords} from '../../sim/words/causes.ts'
import {reportOf} from './reports.ts'

const scenario: Scenario = {
  name: 'example',
  title: 'An example',
  question: 'Does it\u001b[31m show?',
  seed: 1,
  world: {end: seconds(3600), resolution: seconds(6), tiers: {}, traffic: {}, faults: []},
  releases: [],
  expect: [{path: 'tiers.edge.capacity.min', atLeast: 0.95, line: 3}],
}
const paper = {width: 80, style: plain}
/** Shows where a format would be, as <format:text>. */
const marked: Style = (format, text) => `<${[format].flat().join('+')}:${text}>`

test('a run is told with every outcome of every workload, and the causes below their outcome', () => {
  const lines = drawRun(reportOf({refused: 12, cut: 1000}), scenario, paper).split('\n')
  expect(lines.slice(0, 3)).toEqual([
    'An example',
    'Does it [31m show?',
    'example · seed 1 · 1 h simulated · edge: hard-restart',
  ])
  const from = lines.findIndex(line => line.startsWith('refused'))
  expect(lines.slice(from, from + 4)).toEqual([
    'refused                   12      0',
    '  nobody listened         12      0',
    'reset                      0  1,000',
    '  killed at drain end      0  1,000',
  ])
  expect(lines.join(' ')).toContain(
    'Disrupted: 1,012 of 2,000 (50.600 %), 1,000 of them for one cause: killed at drain end.',
  )
})

test('what was not released has dashes where a release would be', () => {
  const report = reportOf()
  const {edge} = report.tiers
  const text = drawRun({...report, tiers: {edge: edge!, app: edge!}}, scenario, paper)
  expect(text).toMatch(/old processes at the end +0 +–\n/)
  expect(text).toMatch(/released with +hard-restart +–\n/)
})

test('an expectation that is not met says by how much', () => {
  const unmet = {path: 'tiers.edge.capacity.min', wanted: 'at least 0.95', got: 0.8, met: false}
  const text = drawRun({...reportOf(), expect: [unmet]}, scenario, {...paper, style: marked})
  expect(text).toMatch(/at least 0\.95 +0\.8 +<red:NOT MET>\n<red: {2}too low by 0\.15 \(15\.8 %\)>\n/)
  expect(text).toContain('<red:1 of 1 not met>')
})

test('how far a number is off is counted from the bound that it breaks', () => {
  expect(offBy(120, {is: 100, within: 0.05})).toBe('too high by 20 (20.0 %)')
  expect(offBy(1, {atLeast: 2, atMost: 4})).toBe('too low by 1 (50.0 %)')
  expect(offBy(5, {atLeast: 2, atMost: 4})).toBe('too high by 1 (25.0 %)')
  expect(offBy(3, {is: 0})).toBe('too high by 3')
  expect(offBy(null, {is: 0})).toBe('')
  expect(offBy('a', {is: 'b'})).toBe('')
})

test('the best of every row is marked, and nothing where all are alike', () => {
  const contenders = [
    {strategy: 'rough', report: reportOf({refused: 1234, duration: 60, capacity: 0.5})},
    {strategy: 'gentle', report: reportOf({refused: 1, duration: 1200, capacity: 1})},
  ]
  const lines = drawComparison(contenders, scenario, {...paper, style: marked}).split('\n')
  const row = (head: string) => lines.find(line => line.trim().startsWith(head))?.trim()
  expect(row('refused')).toMatch(/^refused +1,234 +<bold\+green:1>$/)
  expect(row('lowest, %')).toMatch(/^lowest, % +50\.0 +<bold\+green:100\.0>$/)
  expect(row('duration, s')).toMatch(/^duration, s +<bold\+green:60\.0> +1,200$/)
  expect(row('bounces/client, most')).toMatch(/^bounces\/client, most +2 +2$/)
})

test('four shipped strategies fit in 80 columns', () => {
  const names = ['hard-restart', 'graceful-drain', 'reuseport-handover', 'socket-takeover']
  const contenders = names.map(strategy => ({strategy, report: reportOf({refused: 9_999_999, cut: 9_999_999})}))
  const lines = drawComparison(contenders, scenario, paper).split('\n')
  expect(Math.max(...lines.map(line => [...line].length))).toBeLessThanOrEqual(80)
  expect(lines.filter(line => line.includes('refused'))).toHaveLength(1)
})

test('every cause of an outcome has words and a remedy', () => {
  for (const cause of causes.filter(it => it !== 'done')) {
    expect(causesInWords[cause].words).toMatch(/^[a-z]/)
    expect(causesInWords[cause].advice).toMatch(/^[a-z].*[^.]$/)
  }
})

test('colour is for terminals, unless NO_COLOR is set or the terminal is dumb', () => {
  const isColoured = (stream: {isTTY?: boolean}, env: NodeJS.ProcessEnv) => styleFor(stream, env)('red', 'x') !== 'x'
  expect(isColoured({isTTY: true}, {})).toBe(true)
  expect(isColoured({isTTY: true}, {NO_COLOR: '1'})).toBe(false)
  expect(isColoured({isTTY: true}, {TERM: 'dumb'})).toBe(false)
  expect(isColoured({isTTY: false}, {FORCE_COLOR: '1'})).toBe(false)
  expect(isColoured({}, {})).toBe(false)
})

test('what a file says cannot steer a terminal', () => {
  expect(printable('a\u001b[2J\u0007b\u202ec\nd')).toBe('a [2J b c d')
})
