import {expect, test} from 'vitest'
import {bestPoint} from '../../../sim/cli/sweep/best.ts'
import {outcomeWith, rowWith} from './outcomes.ts'

const parts = {vary: ['tiers.edge.hosts=2,3,4,5'], strategies: [null]}
const row = (fraction: number, duration: number | null = 60) =>
  rowWith({'disruption.fraction': fraction, 'release.duration': duration})

test('the best point is told with those that cannot be told from it, whatever an unfinished one has cost so far', () => {
  const noise = [0, 0.0001, 0.0003]
  const bySeed = (seed: number) => [
    row(0, null),
    row(0.01 + noise[seed - 1]!),
    row(0.0102 + noise[3 - seed]!),
    row(0.5 + noise[seed - 1]!),
  ]
  const outcome = outcomeWith(({point, seed}) => bySeed(seed)[point]!, {...parts, replications: 3})
  expect(bestPoint(outcome)).toEqual(['hosts=3 disrupts least: 1.013 ± 0.038 %; 1 other cannot be told from it.'])
})

test('one seed tells no chance from a difference, and the sentence says so', () => {
  const outcome = outcomeWith(({point}) => row([0.2, 0.1, 0.1, 0.3][point]!), {...parts, replications: 1})
  expect(bestPoint(outcome)).toEqual([
    'hosts=3 disrupts least under this seed: 10.000 %; 1 other does the same.',
    'More --replications tell whether that is chance.',
  ])
})

test('no point is the best where all do the same, or fewer than two are finished', () => {
  expect(bestPoint(outcomeWith(() => row(0.1), parts))).toEqual(['All points that came to their end disrupt the same.'])
  expect(bestPoint(outcomeWith(({point}) => row(0.1, point === 0 ? 60 : null), parts))).toEqual([])
})
