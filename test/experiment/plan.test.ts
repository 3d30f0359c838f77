import {expect, test} from 'vitest'
import {type Ask, planOf} from '../../sim/experiment/plan.ts'
import {cellWith} from './cells.ts'

const ask: Ask = {
  scenario: cellWith().scenario,
  set: ['end=10s'],
  vary: ['tiers.edge.hosts=2,3', 'release.edge.options.batch=1,50%,100%'],
  design: 'grid',
  strategies: [null, {word: 'hard-restart', name: 'hard-restart'}],
  seed: 5,
  replications: 2,
  measures: [],
}

test('a grid has every value of one axis with every value of another, the last one going round first', () => {
  const {points} = planOf(ask)
  expect(points.map(point => point.join(' '))).toEqual(['2 1', '2 50%', '2 100%', '3 1', '3 50%', '3 100%'])
})

test('every way is run at every point with the same seeds, on what was set before', () => {
  const {cells} = planOf(ask)
  expect(cells).toHaveLength(2 * 6 * 2)
  const [first, second] = cells
  expect(first!.cell).toMatchObject({strategy: null, seed: 5})
  expect(first!.cell.set).toEqual(['end=10s', 'tiers.edge.hosts=2', 'release.edge.options.batch=1'])
  expect(second).toMatchObject({way: 0, point: 0, seed: 6})
  expect(cells.at(-1)).toMatchObject({way: 1, point: 5, seed: 6, cell: {strategy: {name: 'hard-restart'}}})
})

test('what would be too much or contradict itself is refused', () => {
  const axis = '0.0..1.0:1000'
  expect(() => planOf({...ask, vary: [`a=${axis}`, `b=${axis}`]})).toThrow('1000000 points, more than the 100000')
  expect(() => planOf({...ask, vary: [`a=${axis}`], replications: 1000})).toThrow('2000000 runs, more than the 200000')
  expect(() => planOf({...ask, vary: ['a=1,2', 'a=3,4']})).toThrow('--vary a is given twice')
  expect(() => planOf({...ask, vary: ['a=1s..2s']})).toThrow('how many values a has')
})
