import {expect, test} from 'vitest'
import {run} from '../../sim/run.ts'
import {type Contender, conclusion} from '../../sim/words/conclusion.ts'
import {shipped} from '../shipped.ts'
import {reportOf} from './reports.ts'

const contender = (strategy: string, numbers: Parameters<typeof reportOf>[0]): Contender => ({
  strategy,
  report: reportOf(numbers),
})

test('the strategy that disrupts least is named with what it costs, and what is left with a remedy', () => {
  const rough = contender('hard-restart', {refused: 100, cut: 100, duration: 60})
  const gentle = contender('socket-takeover', {cut: 20, duration: 1200, capacity: 1})
  expect(conclusion([rough, gentle])).toEqual([
    'socket-takeover disrupts least: 20 (1.000 %). It takes 20 min and keeps all hosts taking new work.',
    'hard-restart is through in 1 min, for 180 more disruptions.',
    expect.stringContaining('What is left under socket-takeover is mostly: killed at drain end. To have less of that,'),
  ])
})

test('of several that disrupt nothing, the quickest is preferred', () => {
  const sentences = conclusion([
    contender('a', {duration: 1200}),
    contender('b', {duration: 600}),
    contender('c', {refused: 1, duration: 600}),
  ])
  expect(sentences).toEqual([
    'a and b disrupt nothing. b takes 10 min and leaves at least 80.0 % of the hosts taking new work.',
  ])
})

test('a release that did not end is no candidate, however little it disrupted', () => {
  const sentences = conclusion([contender('endless', {duration: null}), contender('done', {refused: 5})])
  expect(sentences.slice(0, 2)).toEqual([
    'endless did not come to its end within the run, so what it costs is not all told.',
    expect.stringMatching(/^Only done did, in .*; it disrupts 5 /),
  ])
  const [first, second] = conclusion([
    contender('endless', {duration: null}),
    contender('a', {refused: 5}),
    contender('b', {refused: 9}),
  ])
  expect([first, second]).toEqual([
    expect.stringMatching(/^endless did not/),
    expect.stringMatching(/^a disrupts least: 5/),
  ])
})

test('a release that was halted is a candidate only if nothing was left to do', () => {
  const halted = (old: number) => contender('halted', {duration: 5, halted: true, old})
  const done = contender('done', {refused: 5})
  expect(conclusion([halted(1), done])[0]).toMatch(/^halted did not come to its end/)
  expect(conclusion([halted(0), done])[0]).toMatch(/^halted disrupts nothing/)
})

test('where none came to an end, nothing is recommended', () => {
  expect(conclusion([contender('a', {duration: null}), contender('b', {duration: null})])).toEqual([])
})

test('who forgets what was acknowledged is named, whatever it disrupts', () => {
  const outcome = (scenario: string, strategy: string) => ({
    strategy,
    report: run(shipped(scenario), {replace: strategy}).report,
  })
  const stores = conclusion([outcome('redis-switch', 'promote-then-switch'), outcome('redis-switch', 'failover')])
  expect(stores[0]).toMatch(/^failover disrupts and loses nothing\. It takes 16/)
  expect(stores.at(-1)).toBe('promote-then-switch loses writes that were acknowledged, and nobody is told.')
  const databases = conclusion(['schema-migration', 'drop-before-code'].map(it => outcome('rename-column', it)))
  expect(databases.at(-1)).toBe('drop-before-code loses the newest values of rows, and nobody is told.')
})
