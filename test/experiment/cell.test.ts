import {describe, expect, test} from 'vitest'
import {addressOf} from '../../sim/cli/pool/address.ts'
import {runCell, ScenarioMistake} from '../../sim/experiment/run.ts'
import {cellWith, text} from './cells.ts'

const address = addressOf(cellWith())

describe('a cell has the same address', () => {
  const {scenario} = cellWith()
  test.each([
    ['whatever its file is called', {scenario: {...scenario, typed: '/a/b.yaml', file: '/a/b.yaml', name: 'b'}}],
    ['however its file is laid out', {yaml: `# a word about it\n${text.replace('{strategy', '{   strategy')}`}],
    ['whatever its title is and whatever is expected of it', {yaml: text.replace(/title.*|expect:\n.*/g, '')}],
    ['whatever seed stands in the file', {yaml: `${text}\nseed: 5`}],
    ['if a value is set that the file has', {set: ['tiers.edge.hosts=2']}],
    ['if what is set is set again', {set: ['end=5s', 'end=20s']}],
    ['if files came along that it does not name', {scenario: {...scenario, data: {...scenario.data, 'x.csv': '1s'}}}],
  ])('%s', (_, parts) => expect(addressOf(cellWith(parts))).toBe(address))

  test('from one machine and year to the next', () => expect(address).toMatch(/^[\da-f]{64}$/))
})

describe('a cell has another address', () => {
  const choice = {word: 'hard-restart', name: 'hard-restart'}
  test.each([
    ['with another seed', {seed: 2}],
    ['with another value', {set: ['tiers.edge.hosts=3']}],
    ['with another text in a file that it names', {csv: '1ms\n3ms\n'}],
    ['with a strategy in place of its own', {strategy: choice}],
    ['in another version', {version: '99.0.0'}],
    ['if it cannot be read', {yaml: '{'}],
    ['if it cannot be set so', {set: ['nothing']}],
  ])('%s', (_, parts) => expect(addressOf(cellWith(parts))).not.toBe(address))

  test('when the file of its strategy has been edited', () => {
    const [one, other] = ['1', '2'].map(digest => cellWith({strategy: {...choice, digest}}))
    expect(addressOf(one!)).not.toBe(addressOf(other!))
  })
})

test('the same content is the same result, on the other side of plain data as well', () => {
  const copy = JSON.parse(JSON.stringify(cellWith({set: ['tiers.edge.hosts=2']})))
  expect(runCell(copy)).toEqual(runCell(cellWith()))
})

test('all that is wrong with what is set is thrown at once', () => {
  const run = () => runCell(cellWith({set: ['tiers.edge.hosts=two', 'end=never']}))
  expect(run).toThrow(ScenarioMistake)
  expect(run).toThrow(/^--set end=never .*\n--set tiers\.edge\.hosts=two/)
})

test('a cell of another version is not run', () => {
  expect(() => runCell(cellWith({version: '99.0.0'}))).toThrow('a cell of version 99.0.0 is run by version')
})
