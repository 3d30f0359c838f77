import {readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {askFor, type Typed} from '../../../sim/cli/sweep/ask.ts'
import {sweep} from '../../../sim/cli/sweep/sweep.ts'
import {UserError} from '../../../sim/cli/user-error.ts'
import {folderWith, small, strategyFile, takeover, zdr} from '../command.ts'

const vary = ['--vary', 'tiers.edge.hosts=2,3', '--vary', 'release.edge.options.batch=1,100%']
const command = (folder: string, ...words: readonly string[]) =>
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
    const {code, stdout, stderr} = await command(folder, ...words)
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
    const hosts = ['tiers.edge.hosts=2,3']
    const made = async (parts: Partial<Typed>, out = 'out') => {
      const outcome = await sweep(await asked(folder, {vary: hosts, ...parts}), `${folder}/${out}`, options)
      return `${outcome.made} of ${outcome.plan.cells.length}`
    }
    expect(await made({})).toBe('2 of 2')
    expect(await made({})).toBe('0 of 2')
    expect(await made({replications: 3})).toBe('4 of 6')
    expect(await made({vary: ['tiers.edge.hosts=2..4:3'], replications: 3})).toBe('3 of 9')
    expect(await made({vary: ['tiers.edge.hosts=10..17'], design: 'sobol:4'})).toBe('4 of 4')
    expect(await made({vary: ['tiers.edge.hosts=10..17'], design: 'sobol:8'})).toBe('4 of 8')
    expect(await made({strategies: ['graceful-drain']})).toBe('2 of 2')
    // Neither a new title nor a value that the file has already makes another run of it.
    writeFileSync(`${folder}/small.yaml`, small.replace('A small edge', 'Another title'))
    expect(await made({set: ['end=20s'], measures: ['memory.peak']})).toBe('0 of 2')
    expect(await made({}, 'other')).toBe('2 of 2')
  })

  test('keeps a run that failed as a row, goes on, says how to repeat it and exits 1', async () => {
    const bad = strategyFile('bad', 'if (host.index === 2) old.nonsense()', 'yield* host.boot()')
    const folder = folderWith({'small.yaml': small, 'bad.ts': bad})
    const {code, stdout} = await command(folder, '--vary', 'tiers.edge.hosts=2,3', '--strategies', './bad.ts')
    expect(stdout).toMatch(/^1 of 2 runs failed:$/m)
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /nonsense is not a function\n {2}zdr run small\.yaml --seed 1 --strategy \.\/bad\.ts --set tiers\.edge\.hosts=3$/m,
    )
    expect(stdout).toMatch(/^3 +– +– +–$/m)
    const again = await command(folder, '--vary', 'tiers.edge.hosts=2,3', '--strategies', './bad.ts')
    expect([again.code, again.stdout]).toEqual([1, stdout.replace('all of them made now', 'nothing new to run')])
    const retried = await command(folder, '--vary', 'tiers.edge.hosts=2,3', '--strategies', './bad.ts', '--retry')
    expect([retried.code, retried.stdout]).toEqual([1, stdout.replace('all of them', '1 of them')])
  })

  test('refuses what is wrong before anything is run', async () => {
    const folder = folderWith({'small.yaml': small})
    const hosts = 'tiers.edge.hosts=2,3'
    const asks: [parts: Partial<Typed>, message: string][] = [
      [{vary: ['tiers.edge.hosts=2,two']}, '--set tiers.edge.hosts=two tiers.edge.hosts: found "two"'],
      [{vary: ['tiers.edg.hosts=2,3']}, 'tiers.edg'],
      [{vary: ['tiers.edge.hosts=3..2:2']}, 'from the smaller to the larger'],
      [{vary: ['release.edge.strategy=hard-restart'], strategies: ['all']}, 'choose one'],
      [{measures: ['disruption.fractoin']}, "no measure 'disruption.fractoin'; did you mean disruption.fraction?"],
      [{vary: [hosts, hosts]}, 'is given twice'],
      [{design: 'latin'}, "no design 'latin'"],
    ]
    for (const [parts, message] of asks) {
      const all = async () => sweep(await asked(folder, {vary: [hosts], ...parts}), `${folder}/out`, options)
      await expect(all()).rejects.toThrow(UserError)
      await expect(all()).rejects.toThrow(message)
    }
    const {code, stderr} = await zdr(folder, 'sweep', 'small.yaml', '--vary', hosts, '--replications', '0')
    expect([code, stderr.split('\n')[0]]).toEqual([2, "zdr: --replications wants 1 to 100000, not '0'"])
    expect(readdirSync(folder)).toEqual(['small.yaml'])
  })

  test('does not write among files of somebody’s, nor into the folder of another sweep', async () => {
    const folder = folderWith({'small.yaml': small, 'other.yaml': small})
    const run = async (out: string, scenario = 'small.yaml') =>
      sweep(await asked(folder, {scenario: `${folder}/${scenario}`}), `${folder}/${out}`, options)
    await expect(run('.')).rejects.toThrow('is a folder of something else: it has other.yaml in it')
    await expect(run('small.yaml')).rejects.toThrow('small.yaml is no folder')
    await run('out')
    await expect(run('out', 'other.yaml')).rejects.toThrow('out has a sweep of small, and this is one of other')
    const manifest = readFileSync(`${folder}/out/sweep.json`, 'utf8')
    writeFileSync(`${folder}/out/sweep.json`, manifest.replace(/"version": ".*"/, '"version": "99.0.0"'))
    await expect(run('out')).rejects.toThrow('out has rows of zdr 99.0.0')
  })
})

const options = {threads: 1, retry: false, formats: []}

function asked(folder: string, parts: Partial<Typed>) {
  const usual = {scenario: `${folder}/small.yaml`, vary: ['tiers.edge.hosts=2,3'], design: 'grid', strategies: []}
  return askFor({...usual, measures: ['disruption.fraction'], replications: 1, seed: undefined, set: [], ...parts})
}

/** What is told of progress is no part of a test’s output. */
beforeEach(() => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
})
