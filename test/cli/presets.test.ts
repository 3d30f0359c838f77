import {expect, test} from 'vitest'
import {presets} from '../../sim/strategies/index.ts'
import {folderWith, small, zdr} from './command.ts'

test('presets lists every preset with its strategy, its values and its source, and marks what is from memory', async () => {
  const {code, stdout} = await zdr('.', 'presets')
  expect(code).toBe(0)
  for (const {name, of} of presets) expect(stdout).toMatch(new RegExp(`^${name} +${of} `, 'm'))
  expect(stdout).toMatch(/^envoy .*drainTimeout 15m, drainTime 10m, closing gradual\*/m)
  expect(stdout).toMatch(/^ +Source: HAProxy: management\.txt 4\.$/m)
  expect(stdout).toMatch(/^\* from memory/m)
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100)
})

test('presets --json gives the same as data, with values as a scenario file spells them', async () => {
  const {stdout} = await zdr('.', 'presets', '--json')
  const told = JSON.parse(stdout) as {name: string}[]
  expect(told.map(({name}) => name)).toEqual(presets.map(({name}) => name))
  expect(told.find(({name}) => name === 'kubernetes')).toMatchObject({
    strategy: 'rolling-update',
    options: {surge: '25%', unavailable: '25%', terminationGracePeriod: '30s'},
    recalled: ['propagation'],
  })
})

test('run, compare and scenario files take presets by their names, and a file may set their options', async () => {
  const file = small.replace('hard-restart', 'systemd')
  const folder = folderWith({'small.yaml': small, 'other.yaml': file})
  const [run, compared, written] = await Promise.all([
    zdr(folder, 'run', 'small.yaml', '--strategy', 'envoy', '--json'),
    zdr(folder, 'compare', 'small.yaml', '--strategies', 'haproxy,kubernetes', '--json'),
    zdr(folder, 'run', 'other.yaml', '--json'),
  ])
  expect(JSON.parse(run.stdout).strategies).toEqual({edge: 'envoy'})
  const names = JSON.parse(compared.stdout).map((report: {strategies: {edge: string}}) => report.strategies.edge)
  expect(names).toEqual(['haproxy', 'kubernetes'])
  expect(JSON.parse(written.stdout).strategies).toEqual({edge: 'systemd'})
})

test('a preset that nobody has is told with the nearest one, exit code 2', async () => {
  const folder = folderWith({'small.yaml': small, 'wrong.yaml': small.replace('hard-restart', 'haprxy')})
  const [typed, written] = await Promise.all([
    zdr(folder, 'compare', 'small.yaml', '--strategies', 'envoi'),
    zdr(folder, 'check', 'wrong.yaml'),
  ])
  expect([typed.code, written.code]).toEqual([2, 2])
  expect(typed.stderr).toMatch(/there is no strategy 'envoi'; did you mean envoy\?/)
  expect(written.stdout + written.stderr).toMatch(/"haprxy".*"haproxy"/)
})
