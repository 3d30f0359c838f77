import {cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync} from 'node:fs'
import {dirname} from 'node:path'
import {beforeAll, expect, test} from 'vitest'
import {commandLine} from '../../../sim/cli/failure.ts'
import {UserError} from '../../../sim/cli/user-error.ts'
import {connect} from '../../../sim/cli/workers/connection.ts'
import {placeOf} from '../../../sim/cli/workers/place.ts'
import {version} from '../../../sim/trace/version.ts'
import {needCommand} from '../../debian.ts'
import {cellWith} from '../../experiment/cells.ts'
import {built, folderWith, small, takeover, zdr} from '../command.ts'
import {contents, Running, rowsIn} from './processes.ts'
import {queueOf, RedisServer, worker} from './redis.ts'

beforeAll(async () => {
  needCommand('redis-server', 'redis-server')
  needCommand('openssl', 'openssl')
})

const hosts = ['sweep', 'small.yaml', '--vary', 'tiers.edge.hosts=2,3,4']

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
  await Promise.all(words.map((it, i) => zdr(folder, ...it, '--out', `whole-${i}`)))
  for (const i of words.keys()) expect(contents(`${folder}/out-${i}`)).toEqual(contents(`${folder}/whole-${i}`))
})

test('a run that fails wherever it is begun becomes a row and a dead letter, and is begun again when it is asked for again', async () => {
  const server = await RedisServer.start()
  const folder = folderWith({'small.yaml': small})
  const poisoned = ['sweep', 'small.yaml', '--vary', 'tiers.edge.hosts=2,30000', '--redis', server.url]
  const poor = await worker(folder, server, {node: ['--max-old-space-size=40']})
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
  await poor.kill('SIGTERM')
  await worker(folder, server)
  expect((await zdr(folder, ...poisoned, '--retry')).stdout).toContain('2 runs, 1 of them made now')
  expect(rowsIn(`${folder}/small-sweep`)).toHaveLength(3)
  expect((await zdr(folder, 'worker', '--redis', server.url, '--dead-letters')).stdout).toBe('No run was given up.\n')
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

test('no other verb loads what talks to Redis', () => {
  const files = readdirSync(dirname(built), {recursive: true, encoding: 'utf8'}).filter(name =>
    /^[^/]+\.js$|^chunks\//.test(name),
  )
  const texts = files.map(name => readFileSync(`${dirname(built)}/${name}`, 'utf8'))
  expect(texts.some(text => text.includes('import("bullmq")'))).toBe(true)
  expect(files.filter((_, i) => /from ?"(bullmq|ioredis)"/.test(texts[i]!))).toEqual([])
})

/** The same program under another version. */
function anotherVersion(): string {
  const folder = folderWith()
  cpSync(dirname(built), `${folder}/dist`, {recursive: true, filter: path => !/\/(page|one-file|types)$/.test(path)})
  for (const name of readdirSync(`${folder}/dist/chunks`)) {
    const path = `${folder}/dist/chunks/${name}`
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`"${version}"`, '"9.9.9"'))
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

test('a Redis that cannot be used is told in a sentence without the password', async () => {
  const server = await RedisServer.start()
  const [secret, good] = ['hush-hush', `127.0.0.1:${server.port}`]
  const lines: [url: string, message: string][] = [
    [`redis://:${secret}@${good}`, `no Redis can be used at redis://${good}: the password or the user is wrong`],
    [`redis://${good}`, 'it wants a password'],
    [`redis://:${secret}@127.0.0.1:1/3`, 'redis://127.0.0.1:1/3: the connection is refused'],
    [`redis://:${secret}@nowhere.invalid`, 'there is no machine of that name'],
    [`http://:${secret}@${good}`, '--redis wants redis://HOST:PORT'],
    [`redis://:${secret}#@${good}`, '--redis wants redis://HOST:PORT'],
    [`redis://:${secret}%zz@${good}`, 'in a user or password % is written as %25'],
  ]
  for (const [url, message] of lines) {
    const error = await Promise.resolve()
      .then(() => connect(placeOf(url)))
      .then(
        () => undefined,
        (error: unknown) => error,
      )
    expect(error).toBeInstanceOf(UserError)
    expect((error as UserError).message).toContain(message)
    expect((error as UserError).message).not.toContain(secret)
  }
  expect(commandLine(['worker', `--redis=rediss://me:${secret}/@@${good}`])).toBe(
    `zdr worker '--redis=rediss://…@${good}'`,
  )
})

test('a sweep that workers cannot make is refused before it begins, and exits 2', async () => {
  const folder = folderWith({'small.yaml': small, 'mine.ts': takeover})
  const url = 'redis://127.0.0.1:1'
  const lines: [words: string[], message: string][] = [
    [['--strategies', './mine.ts'], './mine.ts does not go to workers: it is code'],
    [['--threads', '2'], 'with --redis each zdr worker has its own'],
  ]
  for (const [words, message] of lines) {
    const {code, stdout, stderr} = await zdr(folder, ...hosts, ...words, '--redis', url)
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)])
  }
  expect(readdirSync(folder)).toEqual(['mine.ts', 'small.yaml'])
})
