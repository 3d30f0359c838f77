import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {setTimeout} from 'node:timers/promises'
import {describe, expect, test} from 'vitest'
import {estimate} from '../../sim/experiment/estimate.ts'
import {built, folderWith, small, strategyFile, takeover, unmet, zdr} from './command.ts'

/** Runs whose traffic is small enough for many of them. */
const compare = (...words: readonly string[]) =>
  zdr(folderWith({'small.yaml': small, 'mine.ts': takeover}), 'compare', 'small.yaml', ...words)
const two = ['--strategies', 'hard-restart,./mine.ts']

describe('compare with replications', () => {
  test('gives the same bytes for any number of threads', async () => {
    const [one, three] = await Promise.all(
      ['1', '3'].map(threads => compare('--replications', '7', ...two, '--threads', threads, '--json')),
    )
    expect(one).toMatchObject({code: 0, stderr: ''})
    expect(three).toEqual(one)
  })

  test('runs each strategy once with each seed, from the first one on', async () => {
    const folder = folderWith({'small.yaml': small})
    const runs = await Promise.all(
      ['5', '6', '7'].map(seed => zdr(folder, 'run', 'small.yaml', '--seed', seed, '--json')),
    )
    const refused = runs.map(({stdout}) => JSON.parse(stdout).traffic.web.refused)
    const {stdout} = await compare('--replications', '3', '--seed', '5', '--json', ...two)
    const {schema, seed, replications, strategies} = JSON.parse(stdout)
    expect({schema, seed, replications}).toEqual({schema: 'zdr-comparison/1', seed: 5, replications: 3})
    const {mean, half} = estimate(refused)
    expect(strategies[0].numbers['traffic.web.refused']).toEqual({mean, half})
    // Under the other strategy nobody is refused, so that the difference is that number with its sign turned.
    const {difference} = strategies[1].numbers['traffic.web.refused']
    expect(difference).toMatchObject({mean: -mean, verdict: 'less'})
    expect(difference.half).toBeCloseTo(half, 9)
  })

  test('agrees with the arithmetic of its scenario', async () => {
    // Twice 100/s x 1/2 x 1 s: a Poisson number of mean 100 and deviation 10. Of 40 the mean has a deviation of 1.6, and
    // that deviation itself one of 11 %.
    const {stdout} = await compare('--replications', '40', '--json', ...two)
    const {mean, half} = JSON.parse(stdout).strategies[0].numbers['disruption.refused']
    expect(Math.abs(mean - 100)).toBeLessThan(4 * 1.6)
    expect(Math.abs(half / (2.0227 * 1.58) - 1)).toBeLessThan(0.45)
  })

  test('shows means, differences and what follows from them', async () => {
    const {stdout} = await compare('--replications', '4', ...two)
    expect(stdout).toMatch(/^small · seeds 1 to 4 · 20 s simulated · the same traffic for each$/m)
    expect(stdout).toMatch(/^ {2}refused +\d+ ± \d+ +0 ± 0$/m)
    expect(stdout).toMatch(/^Against hard-restart +mine$/m)
    expect(stdout).toMatch(/^ {2}refused +−\d+ ± \d+$/m)
    expect(stdout).toMatch(/^ {2}cut at drain end +same$/m)
    expect(stdout).toMatch(/^mine disrupts least, with 95 % confidence: 0\.\d ± \d\.\d \(0\.\d+ %\)\.$/m)
  })

  test('says how often an expectation is not met, with a seed that shows it, and exits 1', async () => {
    const folder = folderWith({'small.yaml': unmet})
    const {code, stdout} = await zdr(
      folder,
      'compare',
      'small.yaml',
      '--replications',
      '3',
      '--strategies',
      'hard-restart',
    )
    expect(code).toBe(1)
    expect(stdout).toMatch(/^traffic\.web\.refused +hard-restart +1000 ± 50 % +3 of 3 +--seed 1$/m)
  })

  test('writes rows for a spreadsheet, empty where nothing is known', async () => {
    const {stdout} = await compare('--replications', '2', '--csv', ...two)
    const rows = stdout.split('\n').map(line => line.split(','))
    expect(rows[0]).toEqual(['strategy', 'path', 'mean', 'half', 'difference', 'differenceHalf', 'verdict', 'needed'])
    const [first, second] = rows.filter(([, path]) => path === 'traffic.web.failed')
    expect(first).toEqual(['hard-restart', 'traffic.web.failed', '0', '0', '', '', '', ''])
    expect(second).toEqual(['mine', 'traffic.web.failed', '0', '0', '0', '0', 'same', ''])
  })

  test('tells the author of a strategy what failed and with which seed, also if it ends its thread', async () => {
    const bad = strategyFile('bad', 'old.nonsense()', 'yield* host.boot()')
    const fatal = strategyFile('fatal', 'process.exit(3)', 'yield* host.boot()')
    const folder = folderWith({'small.yaml': small, 'bad.ts': bad, 'fatal.ts': fatal})
    const [one, other] = await Promise.all(
      ['bad', 'fatal'].map(it =>
        zdr(folder, 'compare', 'small.yaml', '--replications', '2', '--strategies', `./${it}.ts`),
      ),
    )
    expect(one!.code).toBe(2)
    expect(one!.stderr).toMatch(/^zdr: strategy 'bad' failed at \.\/bad\.ts:\d+: old\.nonsense is not a function\n/)
    expect(one!.stderr).toMatch(/\nthis shows again with zdr run small\.yaml --seed [12] --strategy \.\/bad\.ts\n$/)
    expect(other!.code).toBe(70)
    expect(other!.stderr).toMatch(/a bug in zdr or in \.\/fatal\.ts.*\n {2}zdr run small\.yaml --seed [12] --strategy/)
  })

  test.each(['SIGINT', 'SIGTERM'] as const)('that are interrupted by %s end by it and print nothing', async signal => {
    const folder = folderWith({'small.yaml': small})
    const words = [built, 'compare', 'small.yaml', '--replications', '10000', '--threads', '2']
    const child = spawn(process.execPath, words, {cwd: folder, stdio: ['ignore', 'pipe', 'pipe']})
    const printed: string[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', data => printed.push(String(data)))
    await setTimeout(2_000)
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([null, signal])
    expect(printed).toEqual([])
  })

  test('refuses what does not go together before anything is run', async () => {
    const lines = [
      ['--replications', '1'],
      ['--threads', '2'],
      ['--replications', '2', '--threads', '0'],
    ]
    const answers = await Promise.all(lines.map(line => compare(...line)))
    const messages = [
      '--replications wants 2 to 10000 (one has no interval)',
      'add --replications N',
      '--threads wants 1',
    ]
    for (const [i, {code, stdout, stderr}] of answers.entries()) {
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toContain(messages[i])
    }
  })
})
