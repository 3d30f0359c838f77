import {spawn} from 'node:child_process'
import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {gunzipSync} from 'node:zlib'
import {expect, test} from 'vitest'
import {built, folderWith, small, strategyFile, takeover, unmet, zdr} from './command.ts'

/** These run what `npm run build` made, as a user does: everything that only shows from outside. */
test('the command is built', () => {
  expect(existsSync(built), 'npm run build comes first').toBe(true)
})

test('help, version and every verb’s help go to stdout, exit code 0', async () => {
  const lines = [['--help'], ['--version'], ['run', '-h']]
  const answers = await Promise.all(lines.map(words => zdr('.', ...words)))
  for (const {code, stdout, stderr} of answers) expect([code, stderr, stdout.length > 5]).toEqual([0, '', true])
  expect(answers[0]?.stdout).toContain('zdr compare edge-release')
  expect(answers[1]?.stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('without a verb, help goes to stderr, exit code 2', async () => {
  const {code, stdout, stderr} = await zdr('.')
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain('zdr run <scenario>')
})

test('a run whose expectations are met exits 0, one whose are not 1, and says by how much', async () => {
  const folder = folderWith({'small.yaml': small, 'unmet.yaml': unmet})
  const [met, missed] = await Promise.all([zdr(folder, 'run', 'small.yaml'), zdr(folder, 'run', 'unmet.yaml')])
  expect([met.code, missed.code]).toEqual([0, 1])
  expect(met.stdout).toMatch(/traffic\.web\.refused +100 ± 50 % +\d+ +met\n/)
  expect(missed.stdout).toMatch(
    /refused +1000 ± 50 % +\d+ +NOT MET\n {2}too low by \d+ \(\d+\.\d %\)\n1 of 1 not met\n/,
  )
})

test('a mistake exits 2 with one message on stderr, nothing on stdout and no stack', async () => {
  const folder = folderWith({'bad.yaml': 'tiers: 3'})
  const lines = [['runn'], ['run', 'bad.yaml'], ['check', 'bad.yaml']]
  for (const {code, stdout, stderr} of await Promise.all(lines.map(words => zdr(folder, ...words)))) {
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).not.toMatch(/\n {4}at |Error:/)
  }
})

test('the same run prints the same JSON, byte for byte; another seed prints another', async () => {
  const folder = folderWith({'small.yaml': small})
  const lines = [[], [], ['--seed', '2']].map(more => zdr(folder, 'run', 'small.yaml', '--json', ...more))
  const [first, again, other] = (await Promise.all(lines)).map(({stdout}) => stdout)
  expect(again).toBe(first)
  expect(other).not.toBe(first)
  expect(first).toMatch(/^\{\n {2}"schema": "zdr-report\/1",\n {2}"scenario": "small",\n {2}"seed": 1,\n.*\}\n$/s)
  expect(JSON.parse(other ?? '')).toMatchObject({seed: 2, strategies: {edge: 'hard-restart'}})
})

test('compare runs the classic strategies that suit on the same traffic, or those it is told', async () => {
  const folder = folderWith({'small.yaml': small, 'mine.ts': takeover})
  const lines = [['--json'], ['--csv', '--strategies', 'socket-takeover,./mine.ts'], []]
  const [all, two, table] = await Promise.all(lines.map(more => zdr(folder, 'compare', 'small.yaml', ...more)))
  const reports = JSON.parse(all?.stdout ?? '')
  const names = reports.map((report: {strategies: {edge: string}}) => report.strategies.edge)
  expect(names).toEqual(['hard-restart', 'graceful-drain', 'reuseport-handover', 'socket-takeover'])
  const rows = two?.stdout.split('\n') ?? []
  expect(rows[0]).toBe('strategy,path,value')
  expect(rows).toContain('socket-takeover,traffic.web.refused,0')
  expect(rows).toContain('mine,traffic.web.refused,0')
  expect(table?.stdout).toMatch(/hard-restart +graceful-drain +reuseport-handover +socket-takeover\n/)
})

test('--set changes what the file says', async () => {
  const folder = folderWith({'small.yaml': small})
  const {stdout} = await zdr(
    folder,
    'run',
    'small.yaml',
    '--json',
    '--set',
    'end=10s',
    '--set',
    'traffic.web.rate=50/s',
  )
  expect(JSON.parse(stdout)).toMatchObject({end: 10})
  expect(JSON.parse(stdout).traffic.web.started).toBeLessThan(700)
})

test('a trace is written as JSON, packed if the name says so, and what is printed is the same with it', async () => {
  const folder = folderWith({'small.yaml': small})
  const [bare, with1, with2] = await Promise.all([
    zdr(folder, 'run', 'small.yaml'),
    zdr(folder, 'run', 'small.yaml', '--trace', 'run.json'),
    zdr(folder, 'run', 'small.yaml', '--trace', 'run.json.gz'),
  ])
  expect([with1.stdout, with2.stdout]).toEqual([bare.stdout, bare.stdout])
  const text = readFileSync(join(folder, 'run.json'), 'utf8')
  expect(gunzipSync(readFileSync(join(folder, 'run.json.gz'))).toString()).toBe(text)
  expect(JSON.parse(text)).toMatchObject({$schema: 'restart-trace/1', scenario: 'small', seed: 1})
  expect(readdirSync(folder).sort()).toEqual(['run.json', 'run.json.gz', 'small.yaml'])
})

test('what a strategy of one’s own does wrong is told with its file and line, exit code 2', async () => {
  const file = strategyFile('mine', 'const fresh = yield* host.boot()', 'old.explode(fresh)')
  const folder = folderWith({'small.yaml': small, 'mine.ts': file})
  const {code, stdout, stderr} = await zdr(folder, 'run', 'small.yaml', '--strategy', './mine.ts')
  expect([code, stdout]).toEqual([2, ''])
  const line = file.split('\n').findIndex(text => text.includes('explode')) + 1
  expect(stderr).toBe(`zdr: strategy 'mine' failed at ./mine.ts:${line}: old.explode is not a function\n`)
})

test('list, schema and check of all shipped scenarios work from any folder', async () => {
  const folder = folderWith()
  const [list, schema, check] = await Promise.all([
    zdr(folder, 'list'),
    zdr(folder, 'schema'),
    zdr(folder, 'check', 'edge-release', 'ws-drain'),
  ])
  expect(list.stdout).toMatch(/\n {2}edge-release .*\n {2}hard-restart .*\n {4}batch +20% +hosts restarted at a time/s)
  expect(JSON.parse(schema.stdout)).toMatchObject({type: 'object'})
  expect(check).toEqual({code: 0, stdout: 'edge-release: ok\nws-drain: ok\n', stderr: ''})
})

test('init writes a scenario that runs', async () => {
  const folder = folderWith()
  const {stdout} = await zdr(folder, 'init', 'my.yaml')
  expect(stdout).toBe('Wrote my.yaml. Now try: zdr compare my.yaml\n')
  expect(await zdr(folder, 'check', 'my.yaml')).toEqual({code: 0, stdout: 'my.yaml: ok\n', stderr: ''})
})

test('the shell is offered verbs, options and the names of shipped scenarios', async () => {
  const offered = async (...words: string[]) =>
    (await zdr('.', '--get-yargs-completions', 'zdr', ...words)).stdout.split('\n')
  const [verbs, options, ...scenarios] = await Promise.all([
    offered(''),
    offered('run', '--s'),
    offered('run', 'edge'),
    offered('view', 'edge'),
  ])
  expect(verbs).toEqual(expect.arrayContaining(['run', 'compare', 'view', 'list', 'check', 'schema', 'init']))
  for (const names of scenarios) expect(names).toContain('edge-release')
  expect(options).toEqual(expect.arrayContaining(['--seed', '--set', '--strategy']))
})

test('a reader that stops reading, as head does, is no error', async () => {
  const child = spawn(process.execPath, [built, 'schema'], {stdio: ['ignore', 'pipe', 'pipe']})
  child.stdout.destroy()
  let stderr = ''
  child.stderr.on('data', chunk => {
    stderr += chunk
  })
  const code = await new Promise(resolve => child.on('close', resolve))
  expect([code, stderr]).toEqual([0, ''])
})

test('an interrupt ends a run at once by its signal, which a shell sees as 130, and leaves no file', async () => {
  const folder = folderWith({'long.yaml': small.replace('end: 20s', 'end: 30d').replace('rate: 100/s', 'rate: 2000/s')})
  const child = spawn(process.execPath, [built, 'run', 'long.yaml', '--trace', 'run.json'], {
    cwd: folder,
    stdio: 'ignore',
  })
  const closed = new Promise(resolve => child.on('close', (code, signal) => resolve(signal ?? code)))
  await new Promise(resolve => setTimeout(resolve, 1500))
  child.kill('SIGINT')
  expect(await closed).toBe('SIGINT')
  expect(readdirSync(folder)).toEqual(['long.yaml'])
})
