import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {describe, expect, test} from 'vitest'
import {folderWith, small, strategyFile, takeover, zdr} from '../command.ts'

const vary = ['--vary', 'tiers.edge.hosts=2,3', '--vary', 'release.edge.options.batch=1,100%']
const sweep = (folder: string, ...words: readonly string[]) =>
  zdr(folder, 'sweep', 'small.yaml', '--threads', '1', ...words)
const journal = (folder: string, name = 'small-sweep') =>
  readFileSync(`${folder}/${name}/journal.ndjson`, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))

describe('a sweep', () => {
  test('runs every point in every way with every seed, and tells what each costs', async () => {
    const folder = folderWith({'small.yaml': small, 'mine.ts': takeover})
    const words = [...vary, '--strategies', 'hard-restart,./mine.ts', '--replications', '2', '--seed', '5']
    const {code, stdout, stderr} = await sweep(folder, ...words)
    expect([code, stderr.split('\n').at(-2)]).toEqual([0, '16 of 16 runs done'])
    expect(stdout).toMatch(/^small · 16 runs, all of them made now · seeds 5 to 6 · 20 s simulated$/m)
    expect(stdout).toMatch(/^hosts +batch +disrupted, % +lowest capacity, % +release, s$/m)
    expect(stdout).toMatch(/^hard-restart\n2 +1 +\d\.\d+ ± \d+\.\d+ +50\.0 ± 0\.0 +2\.00 ± [<0.1]+\n2 +100% /m)
    expect(stdout).toMatch(/^mine\n2 +1 +0\.000 ± 0\.000 +100\.0 ± 0\.0 /m)
    expect(new Set(journal(folder).map(({address}) => address)).size).toBe(16)
    expect(readdirSync(`${folder}/small-sweep`)).not.toContain('lock')
  })

  test('makes no run twice, whatever is asked for in addition', async () => {
    const folder = folderWith({'small.yaml': small})
    const made = async (...words: string[]) => / · (.*? made now)/.exec((await sweep(folder, ...words)).stdout)?.[1]
    const hosts = ['--vary', 'tiers.edge.hosts=2,3']
    expect(await made(...hosts)).toBe('2 runs, all of them made now')
    expect(await made(...hosts)).toBe('2 runs, 0 of them made now')
    expect(await made(...hosts, '--replications', '3')).toBe('6 runs, 4 of them made now')
    expect(await made('--vary', 'tiers.edge.hosts=2..4:3', '--replications', '3')).toBe('9 runs, 3 of them made now')
    expect(await made(...hosts, '--strategies', 'graceful-drain')).toBe('2 runs, all of them made now')
    // Neither a new title nor a value that the file has already makes another run of it.
    writeFileSync(`${folder}/small.yaml`, small.replace('A small edge', 'Another title'))
    expect(await made(...hosts, '--set', 'end=20s')).toBe('2 runs, 0 of them made now')
    expect(await made(...hosts, '--out', 'other')).toBe('2 runs, all of them made now')
  })

  test('keeps a run that failed as a row, goes on, says how to repeat it and exits 1', async () => {
    const bad = strategyFile('bad', 'if (host.index === 2) old.nonsense()', 'yield* host.boot()')
    const folder = folderWith({'small.yaml': small, 'bad.ts': bad})
    const {code, stdout} = await sweep(folder, '--vary', 'tiers.edge.hosts=2,3', '--strategies', './bad.ts')
    expect(stdout).toMatch(/^1 of 2 runs failed:$/m)
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /nonsense is not a function\n {2}zdr run small\.yaml --seed 1 --strategy \.\/bad\.ts --set tiers\.edge\.hosts=3$/m,
    )
    expect(stdout).toMatch(/^3 +– +– +–$/m)
    const again = await sweep(folder, '--vary', 'tiers.edge.hosts=2,3', '--strategies', './bad.ts')
    expect([again.code, again.stdout]).toEqual([1, stdout.replace('all of them', '0 of them')])
    const retried = await sweep(folder, '--vary', 'tiers.edge.hosts=2,3', '--strategies', './bad.ts', '--retry')
    expect([retried.code, retried.stdout]).toEqual([1, stdout.replace('all of them', '1 of them')])
  })

  test('refuses what is wrong before anything is run', async () => {
    const folder = folderWith({'small.yaml': small})
    const hosts = 'tiers.edge.hosts=2,3'
    const lines: [words: string[], message: string][] = [
      [['--vary', 'tiers.edge.hosts=2,two'], '--set tiers.edge.hosts=two tiers.edge.hosts: found "two"'],
      [['--vary', 'tiers.edg.hosts=2,3'], 'tiers.edg'],
      [['--vary', 'tiers.edge.hosts=3..2:2'], 'from the smaller to the larger'],
      [['--vary', hosts, '--vary', hosts], 'is given twice'],
      [['--vary', hosts, '--replications', '0'], '--replications wants 1 to'],
      [['--vary', 'release.edge.strategy=hard-restart', '--strategies', 'all'], 'choose one'],
      [[], 'vary'],
    ]
    const answers = await Promise.all(lines.map(([words]) => sweep(folder, ...words)))
    for (const [i, {code, stdout, stderr}] of answers.entries()) {
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toContain(lines[i]![1])
    }
    expect(readdirSync(folder)).toEqual(['small.yaml'])
  })

  test('does not write among files of somebody’s, nor into the folder of another sweep', async () => {
    const folder = folderWith({'small.yaml': small, 'other.yaml': small})
    const hosts = ['--vary', 'tiers.edge.hosts=2,3']
    expect(await sweep(folder, ...hosts, '--out', '.')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('. is a folder of something else: it has other.yaml in it'),
    })
    await sweep(folder, ...hosts, '--out', 'out')
    expect(await zdr(folder, 'sweep', 'other.yaml', ...hosts, '--out', 'out')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('out has a sweep of small, and this is one of other'),
    })
    const manifest = readFileSync(`${folder}/out/sweep.json`, 'utf8')
    writeFileSync(`${folder}/out/sweep.json`, manifest.replace(/"version": ".*"/, '"version": "99.0.0"'))
    expect(await sweep(folder, ...hosts, '--out', 'out')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('out has rows of zdr 99.0.0'),
    })
  })
})
