import {expect, test} from 'vitest'
import {rows} from '../../sim/cli/pool/rows.ts'
import {digestOf} from '../../sim/cli/strategy-file.ts'
import type {Cell} from '../../sim/experiment/cell.ts'
import {isFailure, numberIn, type Row} from '../../sim/experiment/row.ts'
import {cellWith} from '../experiment/cells.ts'
import {folderWith, strategyFile, takeover} from './command.ts'

const seeds = (count: number) => Array.from({length: count}, (_, i) => cellWith({seed: i + 1}))

async function rowsOf(cells: Iterable<Cell>): Promise<Map<Cell, Row>> {
  const found = new Map<Cell, Row>()
  for await (const [cell, row] of rows(cells, {threads: 1})) found.set(cell, row)
  return found
}
const rowOf = async (cell: Cell) => (await rowsOf([cell])).get(cell)!

test('every cell has its row', async () => {
  const cells = seeds(3)
  const found = await rowsOf(cells)
  const started = cells.map(cell => {
    const row = found.get(cell)!
    return isFailure(row) ? row : numberIn(row, 'traffic.web.started')
  })
  expect(new Set(started).size).toBe(3)
})

test('cells are taken as there is somebody to run them, and no more once somebody leaves the loop', async () => {
  let taken = 0
  function* source() {
    for (const cell of seeds(50)) {
      taken++
      yield cell
    }
  }
  for await (const [{seed}] of rows(source(), {threads: 1})) if (seed === 2) break
  expect(taken).toBe(2)
})

test('a signal ends it with the reason that it has', async () => {
  const controller = new AbortController()
  const loop = async () => {
    for await (const [{seed}] of rows(seeds(9), {threads: 1, signal: controller.signal}))
      if (seed === 2) controller.abort(new Error('enough'))
  }
  await expect(loop()).rejects.toThrow('enough')
})

test('a scenario that is wrong is a row, with the command that meets it again', async () => {
  expect(await rowOf(cellWith({set: ['tiers.edge.hosts=two'], seed: 7}))).toEqual({
    error: '--set tiers.edge.hosts=two tiers.edge.hosts: found "two", wanted a whole number from 1 to 100000',
    blame: 'scenario',
    repeat: 'zdr run small.yaml --seed 7 --set tiers.edge.hosts=two',
  })
})

test('a strategy of one’s own runs from its file, and one that fails is a row', async () => {
  const folder = folderWith({
    'mine.ts': takeover,
    'bad.ts': strategyFile('bad', 'old.nonsense()', 'yield* host.boot()'),
  })
  const [mine, bad] = ['mine', 'bad'].map(name => {
    const word = `${folder}/${name}.ts`
    return cellWith({strategy: {word, name, digest: digestOf(word)}})
  })
  expect(await rowOf(mine!)).toMatchObject({strategies: {edge: 'mine'}})
  expect(await rowOf(bad!)).toMatchObject({
    error: expect.stringContaining('nonsense is not a function'),
    blame: 'strategy',
  })
  expect(await rowOf({...bad!, strategy: {...mine!.strategy!, digest: '0'}})).toMatchObject({
    error: expect.stringContaining('is not what it was when this run was asked for'),
  })
})

test('a bug of ours is a row', async () => {
  const row = await rowOf(cellWith({version: '99.0.0'}))
  expect(row).toMatchObject({blame: 'zdr', repeat: 'zdr run small.yaml --seed 1'})
})
