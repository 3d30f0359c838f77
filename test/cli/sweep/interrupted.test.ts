import {type ChildProcess, spawn} from 'node:child_process'
import {existsSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {setTimeout} from 'node:timers/promises'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {built, folderWith, small, strategyFile, takeover, zdr} from '../command.ts'

/** Twenty runs that take long enough to be caught at it. */
const words = [
  ...['sweep', 'small.yaml', '--set', 'end=60s', '--set', 'traffic.web.rate=1000/s', '--threads', '1'],
  ...['--vary', 'tiers.edge.hosts=2,3,4,5', '--replications', '5'],
]
const start = (folder: string, ...more: readonly string[]) =>
  spawn(process.execPath, [built, ...words, ...more], {cwd: folder, stdio: ['ignore', 'pipe', 'pipe']})

const lines = (folder: string): string[] =>
  existsSync(`${folder}/journal.ndjson`)
    ? readFileSync(`${folder}/journal.ndjson`, 'utf8').split('\n').slice(0, -1)
    : []

/** Everything but the order in which rows came. */
const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter(name => name !== 'journal.ndjson')
      .map(name => [name, readFileSync(`${folder}/${name}`, 'latin1')]),
  )

interface End {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stderr: string
}

function ended(child: ChildProcess): Promise<End> {
  let stderr = ''
  child.stderr?.on('data', part => (stderr += part))
  child.stdout?.resume()
  return new Promise(resolve => child.on('close', (code, signal) => resolve({code, signal, stderr})))
}

/** Waits until something holds, or the process has ended. */
async function awaited(child: ChildProcess, holds: () => boolean): Promise<void> {
  while (child.exitCode === null && child.signalCode === null && !holds()) await setTimeout(2)
}

/** Where in the work a signal comes: after so many more rows and milliseconds. */
interface Blow {
  readonly signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'
  readonly rows: number
  readonly delay: number
}
const blows: fc.Arbitrary<Blow[]> = fc.array(
  fc.record({
    signal: fc.constantFrom('SIGINT', 'SIGTERM', 'SIGKILL'),
    rows: fc.nat(5),
    delay: fc.nat(60),
  }),
  {minLength: 3, maxLength: 3},
)

async function strike(folder: string, out: string, {signal, rows, delay}: Blow): Promise<End> {
  const before = lines(`${folder}/${out}`).length
  const child = start(folder, '--out', out)
  const end = ended(child)
  // With no row to wait for, the blow may fall on the reading, the locking or the first run.
  await awaited(child, () =>
    rows === 0 ? existsSync(`${folder}/${out}`) : lines(`${folder}/${out}`).length >= before + rows,
  )
  await setTimeout(delay)
  child.kill(signal)
  return end
}

test('a sweep that is killed again and again at any moment loses no row, makes none twice, and comes to the same', async () => {
  const folder = folderWith({'small.yaml': small})
  await ended(start(folder, '--out', 'whole'))
  const wanted = contents(`${folder}/whole`)
  let runs = 0
  await fc.assert(
    fc.asyncProperty(blows, async all => {
      const out = `out-${runs++}`
      for (const blow of all) {
        const before = lines(`${folder}/${out}`)
        const {code, signal, stderr} = await strike(folder, out, blow)
        expect(code === 0 || signal === blow.signal).toBe(true)
        const after = lines(`${folder}/${out}`)
        expect(after.slice(0, before.length)).toEqual(before)
        if (stderr.includes('interrupted'))
          expect(stderr).toMatch(
            /zdr: interrupted; \d+ of \d+ runs are kept in out-\d+, and the same command goes on from there\n$/,
          )
      }
      expect(await ended(start(folder, '--out', out))).toMatchObject({code: 0})
      expect(contents(`${folder}/${out}`)).toEqual(wanted)
      const addresses = lines(`${folder}/${out}`).map(line => JSON.parse(line).address)
      expect([addresses.length, new Set(addresses).size]).toEqual([20, 20])
    }),
    {numRuns: 1},
  )
})

test('what SIGINT interrupts says what is kept and ends by the signal, for the shell to make 130 of it', async () => {
  const folder = folderWith({'small.yaml': small})
  const {code, signal, stderr} = await strike(folder, 'out', {signal: 'SIGINT', rows: 3, delay: 0})
  expect([code, signal]).toEqual([null, 'SIGINT'])
  const [, kept] = /interrupted; (\d+) of 20 runs are kept in out/.exec(stderr) ?? []
  expect(lines(`${folder}/out`)).toHaveLength(Number(kept))
  expect(readdirSync(`${folder}/out`).toSorted()).toEqual(['journal.ndjson', 'sweep.json'])
})

test('of two sweeps in one folder the second is told of the first, and does no harm', async () => {
  const folder = folderWith({'small.yaml': small})
  const child = start(folder, '--out', 'out')
  const first = ended(child)
  await awaited(child, () => existsSync(`${folder}/out/lock`))
  const second = await zdr(folder, ...words, '--out', 'out')
  expect([second.code, second.stdout]).toEqual([2, ''])
  expect(second.stderr).toMatch(
    new RegExp(`^zdr: another zdr works in this folder: process ${child.pid}, as out/lock says\n$`),
  )
  expect((await first).code).toBe(0)
  expect(lines(`${folder}/out`)).toHaveLength(20)
})

test('a run that ends its thread is a row, and the others are made all the same', async () => {
  const fatal = strategyFile('fatal', 'if (host.index === 2) process.exit(3)', 'old.kill()', 'yield* host.boot()')
  const folder = folderWith({'small.yaml': small, 'fatal.ts': fatal, 'mine.ts': takeover})
  const {code, stdout} = await zdr(
    folder,
    ...['sweep', 'small.yaml', '--vary', 'tiers.edge.hosts=2..5:4', '--strategies', './fatal.ts,./mine.ts'],
  )
  expect(code).toBe(1)
  expect(stdout).toMatch(/^3 of 8 runs failed:$/m)
  expect(stdout).toMatch(/^ {2}zdr run small\.yaml --seed 1 --strategy \.\/fatal\.ts --set tiers\.edge\.hosts=3$/m)
  const rows = readFileSync(`${folder}/small-sweep/rows.ndjson`, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
  expect(rows.map(({error}) => error === null)).toEqual([true, false, false, false, true, true, true, true])
})

test('damaged rows are told and made again', async () => {
  const folder = folderWith({'small.yaml': small})
  const hosts = ['sweep', 'small.yaml', '--vary', 'tiers.edge.hosts=2,3', '--threads', '1']
  await zdr(folder, ...hosts)
  const wanted = contents(`${folder}/small-sweep`)
  const path = `${folder}/small-sweep/journal.ndjson`
  writeFileSync(path, readFileSync(path, 'utf8').replace('"traffic.web.started":', '"traffic.web.started":1'))
  const {code, stdout, stderr} = await zdr(folder, ...hosts)
  expect([code, stderr.split('\n')[0]]).toEqual([0, 'zdr: in small-sweep one row is damaged; its run is made again'])
  expect(stdout).toContain('2 runs, 1 of them made now')
  expect(contents(`${folder}/small-sweep`)).toEqual(wanted)
})
