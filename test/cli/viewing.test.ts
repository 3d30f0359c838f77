import {type ChildProcess, spawn} from 'node:child_process'
import {once} from 'node:events'
import {gunzipSync, gzipSync} from 'node:zlib'
import {expect, onTestFinished, test} from 'vitest'
import {built, folderWith, small, takeover, zdr} from './command.ts'

/** Starts `zdr view` in a folder without a browser; gives its address once it serves. */
async function view(folder: string, ...words: string[]): Promise<{readonly child: ChildProcess; readonly url: URL}> {
  const child = spawn(process.execPath, [built, 'view', ...words, '--print'], {cwd: folder, stdio: 'pipe'})
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = await once(child.stdout!, 'data')
  return {child, url: new URL(String(line).trim())}
}

const get = async (path: string, base: URL) => {
  const response = await fetch(new URL(path, base))
  return {status: response.status, bytes: Buffer.from(await response.arrayBuffer())}
}

const withData = small.replace('service: 1ms', 'service: {empirical: {file: lives.csv}}')

test('a shipped scenario is shown by name, with what was asked for in the address', async () => {
  const {url} = await view(
    '.',
    'ws-drain',
    '--strategies',
    'hard-restart,socket-takeover',
    '--seed',
    '7',
    '--set',
    'end=2h',
  )
  expect([url.hostname, url.search]).toEqual(['127.0.0.1', ''])
  expect(url.hash).toBe('#scenario=ws-drain&set=end%3D2h&seed=7&strategies=hard-restart,socket-takeover')
  expect((await get('/', url)).bytes.toString()).toContain('<script type="module"')
})

test('a scenario of one’s own is served beside the page, with the data that it names', async () => {
  const lives = 'life_ms\n1\n2\n'
  const {url} = await view(folderWith({'my own.yaml': withData, 'lives.csv': lives}), 'my own.yaml')
  expect(url.search).toBe('?scenario=given/my%20own.yaml&data=lives.csv')
  expect(await get('/given/my%20own.yaml', url)).toMatchObject({status: 200, bytes: Buffer.from(withData)})
  expect(await get('/given/lives.csv', url)).toMatchObject({status: 200, bytes: Buffer.from(lives)})
})

test('a trace is known by what it holds and served as it is, whatever its name', async () => {
  const folder = folderWith({'small.yaml': small})
  await zdr(folder, 'run', 'small.yaml', '--trace', 'run.json.gz')
  const trace = (await import('node:fs')).readFileSync(`${folder}/run.json.gz`)
  const other = folderWith({'run.bin': trace, plain: gunzipSync(trace)})
  const [packed, plain] = [await view(other, 'run.bin'), await view(other, 'plain')]
  expect([packed.url.search, plain.url.search]).toEqual(['?trace=given/run.bin', '?trace=given/plain'])
  expect((await get('/given/run.bin', packed.url)).bytes.equals(trace)).toBe(true)
})

test('an interrupt ends the page by its signal, which a shell sees as 130', async () => {
  const {child, url} = await view('.', 'ws-drain')
  child.kill('SIGINT')
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGINT')
  await expect(fetch(url)).rejects.toThrow()
})

test('what is wrong with a scenario is told on the terminal, and nothing is served', async () => {
  const folder = folderWith({'bad.yaml': small.replace('hosts: 2', 'hosts: two')})
  const {code, stdout, stderr} = await zdr(folder, 'view', 'bad.yaml', '--print')
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/bad\.yaml:6:\d+ tiers\.edge\.hosts: found "two"/)
})

test.each([
  [['nowhere'], 'cannot read nowhere: no such file or folder'],
  [['edge-relase'], 'did you mean the shipped scenario edge-release?'],
  [['small.yaml', '--strategies', './mine.ts'], './mine.ts cannot run in a page'],
  [['small.yaml', '--strategies', './mine.ts'], 'zdr run small.yaml --strategy ./mine.ts --trace mine.json.gz'],
  [['small.yaml', '--strategies', 'hard'], "there is no strategy 'hard'"],
  [['small.yaml', '--strategies', 'envoy,nginx,haproxy,systemd,kubernetes'], 'room for 4 side by side'],
  [['small.yaml', '--port', '0'], "--port wants 1 to 65535, not '0'"],
  [['small.yaml', '--port', '65536'], "not '65536'"],
  [['small.yaml', '--export', 'page.txt'], "--export wants a file name that ends in .html, not 'page.txt'"],
  [['small.yaml', '--export', 'page.html', '--port', '8080'], '--export serves nothing'],
  [['small.yaml', '--export', 'page.html', '--print'], '--export serves nothing'],
  [['small.yaml', '--export', 'nowhere/page.html'], 'cannot write nowhere/page.html: no such file or folder'],
  [['cut.json'], 'cannot show cut.json as a trace: it is cut short, or is no JSON'],
  [['cut.json.gz'], 'cannot show cut.json.gz as a trace: it is cut short, or is no gzip file'],
  [['foreign.json'], 'cannot show foreign.json as a trace: it is no trace: it has no $schema'],
  [['packed.json.gz'], 'cannot show packed.json.gz as a trace: it is no JSON'],
  [['future.json'], 'it is in version 2 of the format, and this program reads version 1'],
  [['hollow.json'], 'cannot show hollow.json as a trace: exporter is missing'],
])('zdr view %j is told what is wrong', async (words, complaint) => {
  const folder = folderWith({
    'small.yaml': small,
    'mine.ts': takeover,
    'cut.json': '{"$schema":"restart-trace/1","exporter":"zdr',
    'cut.json.gz': gzipSync('{"$schema":"restart-trace/1"}'.repeat(100)).subarray(0, 30),
    'foreign.json': '{"name": "something else"}',
    'packed.json.gz': gzipSync('title: a scenario'),
    'future.json': '{"$schema": "restart-trace/2"}',
    'hollow.json': '{"$schema": "restart-trace/1"}',
  })
  const {code, stdout, stderr} = await zdr(folder, 'view', ...words)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toContain(complaint)
})

test('a port that is in use is told, exit code 2', async () => {
  const {url} = await view('.', 'ws-drain')
  const {code, stderr} = await zdr('.', 'view', 'ws-drain', '--print', '--port', url.port)
  expect(code).toBe(2)
  expect(stderr).toBe(`zdr: port ${url.port} is in use: choose another, or leave --port out for any that is free\n`)
})

test('a trace takes no options of scenarios', async () => {
  const folder = folderWith({'small.yaml': small})
  await zdr(folder, 'run', 'small.yaml', '--trace', 'run.json')
  const {code, stderr} = await zdr(folder, 'view', 'run.json', '--seed', '7')
  expect([code, stderr]).toEqual([2, 'zdr: --seed is for scenarios, and run.json is a trace of one run\n'])
})

test('a reproduction that lies in the folder is served beside the page, with its own style and no script', async () => {
  const {url} = await view(folderWith({'reproduction.html': '<p>R1'}), 'accept-queue')
  expect(url.search).toBe('?reproduction')
  expect(url.hash).toBe('#scenario=accept-queue')
  const response = await fetch(new URL('/reproduction.html', url))
  expect(await response.text()).toBe('<p>R1')
  expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'")
})
