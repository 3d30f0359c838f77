import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {folderWith, zdr} from './command.ts'

/** R16 is arithmetic on a ring, and quick. */
const quick = ['reproduce', 'R16', '--seeds', '3']

test('reproduce prints a verdict and writes a page, the same bytes whoever shares the work', async () => {
  const [one, three] = [folderWith(), folderWith()]
  const [alone, shared] = await Promise.all([
    zdr(one, ...quick, '--threads', '1'),
    zdr(three, ...quick, '--threads', '3'),
  ])
  expect(alone.code).toBe(0)
  expect(alone.stdout).toMatch(/R16 .* A +● reproduced\n/)
  expect(shared).toEqual(alone)
  const pages = [one, three].map(folder => readFileSync(join(folder, 'reproduction.html'), 'utf8'))
  expect(pages[0]).toMatch(/^<!doctype html>.*<\/html>\n$/s)
  expect(pages[1]).toBe(pages[0])
  expect(readdirSync(one)).toEqual(['reproduction.html'])
})

test('without a terminal a line for each seed says that work goes on', async () => {
  const {stderr} = await zdr(folderWith(), ...quick)
  expect(stderr).toBe('1 of 3 replications done\n2 of 3 replications done\n3 of 3 replications done\n')
})

test('what more seeds would decide is not called short, and counts as not reproduced', async () => {
  const {code, stdout} = await zdr(folderWith(), 'reproduce', 'R16', '--seeds', '2')
  expect(code).toBe(1)
  expect(stdout).toMatch(/R16 .* A +\? undecided:/)
  expect(stdout).not.toMatch(/short|✗ /)
})

test('other seeds give another page, --out another place and --json all numbers', async () => {
  const folder = folderWith()
  const {code, stdout} = await zdr(folder, ...quick, '--seed', '7', '--json', '--out', 'ring.html')
  expect(code).toBe(0)
  const {schema, seed, seeds, targets} = JSON.parse(stdout)
  expect({schema, seed, seeds}).toEqual({schema: 'zdr-reproduction/1', seed: 7, seeds: 3})
  expect(targets).toHaveLength(1)
  expect(targets[0]).toMatchObject({id: 'R16', strength: 'A', verdict: 'reproduced', published: {standing: 'seen'}})
  expect(targets[0].claims[0]).toMatchObject({published: 0.6, atLeast: 0.3, atMost: 0.9, state: 'holds'})
  expect(readdirSync(folder)).toEqual(['ring.html'])
})

test('what cannot be reproduced is refused before anything is run', async () => {
  const folder = folderWith()
  const lines = [['R17'], ['R16', '--seeds', '1'], ['R16', '--out', 'page.txt'], ['R16', '--threads', '0']]
  const answers = await Promise.all(lines.map(line => zdr(folder, 'reproduce', ...line)))
  const messages = ["no target 'R17'", '--seeds wants 2 to', 'ends in .html', '--threads wants 1']
  for (const [i, {code, stdout, stderr}] of answers.entries()) {
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(messages[i])
  }
  expect(readdirSync(folder)).toEqual([])
})
