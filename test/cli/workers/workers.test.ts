import {cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'
import {Queue} from 'bullmq'
import {beforeAll, expect, onTestFinished, test} from 'vitest'
import {prefix, queueName} from '../../../sim/cli/workers/runs.ts'
import {needCommand} from '../../debian.ts'
import {cellWith} from '../../experiment/cells.ts'
import {built, folderWith, small, takeover, zdr} from '../command.ts'
import {awaited, contents, Running, rowsIn} from './processes.ts'
import {RedisServer} from './redis.ts'

beforeAll(async () => {
  await needCommand('redis-server', 'redis-server')
  await needCommand('openssl', 'openssl')
})

/** Runs of some tenths of a second, so that one can be caught at it. */
const long = ['--set', 'end=60s', '--set', 'traffic.web.rate=1000/s']
const hosts = ['sweep', 'small.yaml', '--vary', 'tiers.edge.hosts=2,3,4']

async function worker(folder: string, {url}: RedisServer, ...circumstances: [{node?: string[]; cli?: string}?]) {
  const running = new Running(folder, ['worker', '--redis', url, '--threads', '1'], ...circumstances)
  await running.says('waits for runs at')
  return running
}

/** The queue of a server, for whoever wants to see or to spoil it. */
function queueOf({port, password}: RedisServer): Queue {
  const queue = new Queue(queueName, {connection: {host: '127.0.0.1', port, password}, prefix})
  queue.on('error', () => {})
  onTestFinished(() => queue.close())
  return queue
}

test('a sweep by three workers, one killed and Redis with it for a while, comes to what one process makes', async () => {
  const server = await RedisServer.start('--appendonly', 'yes', '--appendfsync', 'always')
  const folder = folderWith({'small.yaml': small})
  const words = [...hosts, ...long, '--replications', '10']
  const [victim] = await Promise.all([1, 2, 3].map(() => worker(folder, server)))
  const sweep = new Running(folder, [...words, '--redis', server.url, '--out', 'out'])
  await awaited(() => rowsIn(`${folder}/out`).length >= 5)
  await victim!.kill('SIGKILL')
  await awaited(() => rowsIn(`${folder}/out`).length >= 12)
  await server.kill()
  await sweep.says('is away')
  await server.start()
  const {code, stderr} = await sweep.ended
  expect(code).toBe(0)
  expect(stderr).toContain('3 workers')
  expect(stderr).toContain(`Redis at ${server.shown} is back`)
  const rows = rowsIn(`${folder}/out`)
  expect([rows.length, new Set(rows.map(({address}) => address)).size]).toEqual([30, 30])
  await zdr(folder, ...words, '--out', 'whole')
  expect(contents(`${folder}/out`)).toEqual(contents(`${folder}/whole`))
})

test('what a Redis forgets that keeps nothing is asked for again', async () => {
  const server = await RedisServer.start()
  const folder = folderWith({'small.yaml': small})
  const words = [...hosts, ...long, '--replications', '5', '--redis', server.url]
  await worker(folder, server)
  const sweep = new Running(folder, words)
  await awaited(() => rowsIn(`${folder}/small-sweep`).length >= 3)
  await server.kill()
  await server.start()
  expect((await sweep.ended).code).toBe(0)
  expect(rowsIn(`${folder}/small-sweep`)).toHaveLength(15)
})

test('a worker that is asked to end gives its run back at once, and one that comes takes it', async () => {
  const server = await RedisServer.start()
  const folder = folderWith({'small.yaml': small})
  const endless = ['--set', 'end=20m', '--set', 'traffic.web.rate=5000/s']
  const sweep = new Running(folder, [...hosts, ...endless, '--redis', server.url])
  const first = await worker(folder, server)
  const queue = queueOf(server)
  while ((await queue.getActiveCount()) === 0);
  expect((await first.kill('SIGTERM')).signal).toBe('SIGTERM')
  expect([await queue.getActiveCount(), await queue.getWaitingCount()]).toEqual([0, 3])
  // Whoever calls off the sweep takes back what is queued.
  const {signal, stderr} = await sweep.kill('SIGINT')
  expect([signal, await queue.getWaitingCount()]).toEqual(['SIGINT', 0])
  expect(stderr).toContain('zdr: interrupted; 0 of 3 runs are kept in small-sweep')
})

test('a sweep is called off at once even while Redis is away', async () => {
  const server = await RedisServer.start()
  const folder = folderWith({'small.yaml': small})
  const sweep = new Running(folder, [...hosts, '--redis', server.url])
  await sweep.says('no worker of zdr')
  await server.kill()
  await sweep.says('is away; the work goes on when it is back')
  expect((await sweep.kill('SIGTERM')).stderr).toContain('0 of 3 runs are kept')
})

test('two sweeps at once, of which some runs are the same, each come to what is theirs', async () => {
  const server = await RedisServer.start()
  const folder = folderWith({'small.yaml': small})
  const words = [
    ['sweep', 'small.yaml', '--vary', 'tiers.edge.hosts=2,3,4', '--replications', '4'],
    ['sweep', 'small.yaml', '--vary', 'tiers.edge.hosts=3,4,5', '--replications', '4'],
  ]
  await Promise.all([worker(folder, server), worker(folder, server)])
  const sweeps = words.map((it, i) => new Running(folder, [...it, '--redis', server.url, '--out', `out-${i}`]))
  for (const sweep of sweeps) expect((await sweep.ended).code).toBe(0)
  for (const [i, it] of words.entries()) {
    await zdr(folder, ...it, '--out', `whole-${i}`)
    expect(contents(`${folder}/out-${i}`)).toEqual(contents(`${folder}/whole-${i}`))
  }
})

test('a run that fails wherever it is begun becomes a row and a dead letter, and is begun again when it is asked for again', async () => {
  const server = await RedisServer.start()
  const folder = folderWith({'small.yaml': small})
  const poisoned = ['sweep', 'small.yaml', '--vary', 'tiers.edge.hosts=2,30000', '--redis', server.url]
  await worker(folder, server, {node: ['--max-old-space-size=40']})
  const {code, stdout} = await zdr(folder, ...poisoned)
  expect(code).toBe(1)
  const told = /^.*memory.*\n {2}zdr run small\.yaml --seed 1 --set tiers\.edge\.hosts=30000$/m
  expect(stdout).toMatch(/^1 of 2 runs failed:$/m)
  expect(stdout).toMatch(told)
  const list = await zdr(folder, 'worker', '--redis', server.url, '--dead-letters')
  expect(list.stdout).toMatch(/^1 run was given up:$/m)
  expect(list.stdout).toMatch(told)
  const [letter] = await queueOf(server).getFailed()
  expect([letter!.attemptsMade, letter!.stacktrace]).toEqual([3, []])
  await worker(folder, server)
  expect((await zdr(folder, ...poisoned, '--out', 'other', '--retry')).code).toBeLessThan(2)
  expect(rowsIn(`${folder}/other`)).toHaveLength(2)
})

test('what did not come from a sweep is given up without being run, and no code is loaded', async () => {
  const server = await RedisServer.start()
  const folder = folderWith({'evil.ts': `require('node:fs').writeFileSync('evil', '')`, 'small.yaml': small})
  const queue = queueOf(server)
  const evil = cellWith({strategy: {word: './evil.ts', name: 'evil', digest: '0'.repeat(64)}})
  await queue.addBulk([evil, {}, 'rm', cellWith()].map((data, i) => ({name: 'run', data, opts: {jobId: `job-${i}`}})))
  await worker(folder, server)
  while ((await queue.getFailedCount()) < 4);
  expect(existsSync(`${folder}/evil`)).toBe(false)
  const {stdout} = await zdr(folder, 'worker', '--redis', server.url, '--dead-letters')
  expect(stdout).toMatch(/^4 runs were given up:\n(this is no run of a shipped strategy that zdr asked for\n){4}$/)
})

/** The same program under another version. */
function anotherVersion(): string {
  const folder = folderWith()
  cpSync(dirname(built), `${folder}/dist`, {recursive: true, filter: path => !/\/(page|one-file|types)$/.test(path)})
  for (const name of readdirSync(`${folder}/dist/chunks`)) {
    const path = `${folder}/dist/chunks/${name}`
    writeFileSync(path, readFileSync(path, 'utf8').replace(/\bversion = "0\.[\d.]+"/, 'version = "9.9.9"'))
  }
  writeFileSync(`${folder}/package.json`, '{"version": "9.9.9", "type": "module"}')
  symlinkSync(`${dirname(dirname(built))}/node_modules`, `${folder}/node_modules`)
  return `${folder}/dist/cli.js`
}

test('a worker of another version takes nothing, and is told why when it waits and refused when it comes', async () => {
  const server = await RedisServer.start()
  const folder = folderWith({'small.yaml': small})
  const cli = anotherVersion()
  const waiting = await worker(folder, server, {cli})
  const sweep = new Running(folder, [...hosts, '--redis', server.url])
  await sweep.says('those that are there are of zdr 9.9.9')
  const late = await new Running(folder, ['worker', '--redis', server.url], {cli}).ended
  expect([late.code, late.stdout]).toEqual([2, ''])
  expect(late.stderr).toMatch(
    /^zdr: the sweep at redis:\/\/127\.0\.0\.1:\d+ is of zdr [\d.]+, and this is 9\.9\.9: its workers have to be of the same\n$/,
  )
  await waiting.says('takes nothing from the sweep at')
  expect(await queueOf(server).getWaitingCount()).toBe(3)
  await worker(folder, server)
  expect((await sweep.ended).code).toBe(0)
  expect((await waiting.kill('SIGTERM')).stderr).toContain('ends after 0 runs')
})

test('with TLS and a user it works where the certificate is trusted, and says so where it is not', async () => {
  const {server, certificate} = await RedisServer.startSafe()
  const folder = folderWith({'small.yaml': small})
  const words = [...hosts, '--redis', server.url.replace('redis://', 'rediss://default')]
  expect(await zdr(folder, ...words)).toMatchObject({code: 2, stderr: expect.stringContaining('NODE_EXTRA_CA_CERTS')})
  const env = {NODE_EXTRA_CA_CERTS: certificate, REDISCLI_AUTH: server.password}
  const bare = ['--redis', `rediss://127.0.0.1:${server.port}`]
  const safe = new Running(folder, ['worker', ...bare, '--threads', '1'], {env})
  const sweep = new Running(folder, words, {env})
  expect((await sweep.ended).code).toBe(0)
  await safe.kill('SIGTERM')
})

test('a Redis that cannot be used is told in a sentence without the password, and exits 2', async () => {
  const server = await RedisServer.start()
  const folder = folderWith({'small.yaml': small, 'mine.ts': takeover})
  const [secret, good] = ['hush-hush', `127.0.0.1:${server.port}`]
  const lines: [url: string, message: string][] = [
    [`redis://:${secret}@${good}`, `no Redis can be used at redis://${good}: the password or the user is wrong`],
    [`redis://${good}`, 'it wants a password'],
    [`redis://:${secret}@127.0.0.1:1/3`, 'redis://127.0.0.1:1/3: the connection is refused'],
    [`http://:${secret}@${good}`, '--redis wants redis://HOST:PORT'],
    [`redis://:${secret}#@${good}`, '--redis wants redis://HOST:PORT'],
    [`redis://:${secret}%zz@${good}`, 'in a user or password % is written as %25'],
  ]
  const answers = await Promise.all(lines.map(([url]) => zdr(folder, 'worker', '--redis', url)))
  for (const [i, {code, stdout, stderr}] of answers.entries()) {
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(lines[i]![1])
    expect(stderr).not.toContain(secret)
  }
  const own = await zdr(folder, ...hosts, '--strategies', './mine.ts', '--redis', server.url)
  expect([own.code, own.stderr]).toEqual([2, expect.stringContaining('./mine.ts does not go to workers: it is code')])
  expect(readdirSync(folder)).toEqual(['mine.ts', 'small.yaml'])
})
