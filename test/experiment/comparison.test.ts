import {expect, test} from 'vitest'
import {findings} from '../../sim/experiment/comparison.ts'
import {expectedOf} from '../../sim/experiment/expectations.ts'
import {shipped} from '../shipped.ts'
import {way} from './results.ts'

test('a number is estimated for each way, and its difference to the first', () => {
  const found = findings('disruption.refused', [
    way('a', {refused: 1}, {refused: 3}),
    way('b', {refused: 2}, {refused: 4}),
  ])
  expect(found).toMatchObject([
    {estimate: {mean: 2}, lacking: 0},
    {estimate: {mean: 3}, difference: {mean: 1, verdict: 'more'}, lacking: 0},
  ])
  expect(found![0]).not.toHaveProperty('difference')
})

test('where one replication has no number nothing is said of the mean, nor of a difference to it', () => {
  const open = way('open', {duration: 60}, {duration: null})
  const done = way('done', {duration: 60}, {duration: 50})
  expect(findings('release.duration', [open, done])).toEqual([
    {lacking: 1},
    {lacking: 0, estimate: expect.objectContaining({mean: 55})},
  ])
  expect(findings('release.duration', [done, open])![1]).toEqual({lacking: 1})
})

test('a number that nobody has is no finding', () => {
  const open = way('open', {duration: null}, {duration: null})
  expect(findings('release.duration', [open, open])).toBeUndefined()
})

test('what is expected is told with the replications that do not meet it', () => {
  const scenario = shipped('edge-release')
  const expecting = {
    ...scenario,
    releases: scenario.releases.map(it => ({...it, strategy: 'hard-restart'})),
    expect: [
      {path: 'traffic.web.refused', atMost: 5, line: 1},
      {path: 'traffic.web.causes.killed', is: 0, line: 2},
      {path: 'traffic.web.refused', is: 3, under: 'socket-takeover', line: 3},
    ],
  }
  expect(expectedOf(way('hard-restart', {refused: 5}, {refused: 6}, {refused: 9}), expecting)).toEqual([
    {path: 'traffic.web.refused', wanted: 'at most 5', unmet: [1, 2]},
    {path: 'traffic.web.causes.killed', wanted: '0', unmet: []},
  ])
})
