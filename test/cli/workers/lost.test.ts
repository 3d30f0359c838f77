import {beforeAll, expect, test} from 'vitest'
import {needCommand} from '../../debian.ts'
import {folderWith, small, zdr} from '../command.ts'
import {awaited, contents, Running, rowsIn} from './processes.ts'
import {queueOf, RedisServer, worker} from './redis.ts'

beforeAll(() => needCommand('redis-server', 'redis-server'))

/** Runs of some tenths of a second, so that one can be caught at it. */
const long = ['--set', 'end=60s', '--set', 'traffic.web.rate=1000/s']
const hosts = ['sweep', 'small.yaml', '--vary', 'tiers.edge.hosts=2,3,4']

test('a sweep by three workers, one killed and Redis with it for a while, comes to what one process makes', async () => {
  const server = await RedisServer.start('--appendonly', 'yes', '--appendfsync', 'always')
  const folder = folderWith({'small.yaml': small})
  const words = [...hosts, ...long, '--replications', '6']
  const [victim] = await Promise.all([1, 2, 3].map(() => worker(folder, server)))
  const sweep = new Running(folder, [...words, '--redis', server.url, '--out', 'out'])
  await awaited(() => rowsIn(`${folder}/out`).length >= 5)
  await victim!.kill('SIGKILL')
  await awaited(() => rowsIn(`${folder}/out`).length >= 10)
  await server.kill()
  await sweep.says('is away')
  await server.start()
  const {code, stderr} = await sweep.ended
  expect(code).toBe(0)
  expect(stderr).toContain('3 workers')
  expect(stderr).toContain(`Redis at ${server.shown} is back`)
  const rows = rowsIn(`${folder}/out`)
  expect([rows.length, new Set(rows.map(({address}) => address)).size]).toEqual([18, 18])
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

test('a worker that is asked to end gives its run back at once, and a sweep takes back all', async () => {
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
