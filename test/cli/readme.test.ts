import {readFileSync} from 'node:fs'
import {expect, test} from 'vitest'
import {version} from '../../sim/trace/version.ts'
import {folderWith, zdr} from './command.ts'

const readme = readFileSync('README.md', 'utf8')
const block = (start: string): string => {
  const from = readme.indexOf(start) + start.length
  return readme.slice(from, readme.indexOf('```', from))
}

test('the README shows what its first command prints', async () => {
  const words = /npx zdr (compare .*)/.exec(block('decide by.\n\n```\n'))![1]!.split(' ')
  const {stdout, code} = await zdr('.', ...words)
  expect(stdout).toBe(`Release of an edge tier${block('```\nRelease of an edge tier')}`)
  expect(code).toBe(0)
})

test('the scenario and the strategy of the README work together', async () => {
  const folder = folderWith({'release.yaml': block('```yaml\n'), 'mine.ts': block('```ts\n')})
  const sets = ['--set', 'end=15m', '--set', 'release.edge.options.drainTimeout=1m']
  const {stdout, code} = await zdr(folder, 'run', 'release.yaml', '--strategy', './mine.ts', '--json', ...sets)
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({
    strategies: {edge: 'watched-takeover'},
    traffic: {web: {refused: 0, reset: 0}},
    tiers: {edge: {processes: {old: 0, new: 5}}},
    warnings: [],
  })
})

test('a trace names the version that package.json has', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({version})
})
