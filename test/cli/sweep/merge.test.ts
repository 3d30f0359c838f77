import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {addressedPlan} from '../../../sim/cli/sweep/plan.ts'
import {isIn, shardOf} from '../../../sim/cli/sweep/shard.ts'
import {agree, binomialDeviation, range} from '../../oracles/statistics.ts'
import {folderWith, small, strategyFile, zdr} from '../command.ts'
import {ask} from './outcomes.ts'

const vary = ['--vary', 'tiers.edge.hosts=2,3,4', '--vary', 'release.edge.options.batch=1,100%', '--replications', '2']
/** Everything that a sweep leaves, but for the order in which rows came. */
const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter(name => name !== 'journal.ndjson')
      .map(name => [name, readFileSync(`${folder}/${name}`, 'latin1')]),
  )

describe('parts of a sweep', () => {
  test('hold every cell once, and keep what they hold when replications are added', () => {
    const [few, many] = [1, 3].map(replications => addressedPlan({...ask, replications}).cells)
    fc.assert(
      fc.property(fc.integer({min: 1, max: 9}), of => {
        const parts = range(of).map(i => ({part: i + 1, of}))
        for (const cell of many!) expect(parts.filter(part => isIn(part, cell))).toHaveLength(1)
        for (const part of parts) {
          const addresses = many!.filter(cell => isIn(part, cell)).map(({address}) => address)
          for (const cell of few!) expect(addresses.includes(cell.address)).toBe(isIn(part, cell))
        }
      }),
    )
  })

  test('are even', () => {
    const {cells} = addressedPlan({...ask, replications: 250})
    for (const part of [1, 2, 3])
      agree(cells.filter(cell => isIn({part, of: 3}, cell)).length, 1_000, binomialDeviation(3_000, 1 / 3))
  })

  test('are K of N and nothing else', () => {
    expect(shardOf('2/8')).toEqual({part: 2, of: 8})
    for (const text of ['0/8', '9/8', '1', '1/0', 'a/b', '1/99999999'])
      expect(() => shardOf(text)).toThrow('--shard wants K/N')
  })
})

describe('merge', () => {
  test('makes of parts what one process makes of all, byte for byte', async () => {
    const bad = strategyFile('bad', 'if (host.index === 2) old.nonsense()', 'old.kill()', 'yield* host.boot()')
    const folder = folderWith({'small.yaml': small, 'bad.ts': bad})
    const words = ['sweep', 'small.yaml', '--threads', '1', ...vary, '--strategies', 'hard-restart,./bad.ts']
    const shards = ['1/3', '2/3', '3/3'].map((shard, i) =>
      zdr(folder, ...words, '--shard', shard, '--out', `part-${i}`),
    )
    const [whole, ...parts] = await Promise.all([zdr(folder, ...words, '--out', 'whole'), ...shards])
    expect(whole.code).toBe(1)
    expect(parts[0]!.stdout).toContain('This part is in part-0')
    const merged = await zdr(folder, 'merge', 'merged', 'part-2', 'part-0', 'part-1')
    expect(merged.code).toBe(1)
    expect(contents(`${folder}/merged`)).toEqual(contents(`${folder}/whole`))
    expect(Object.keys(contents(`${folder}/merged`)).toSorted()).toEqual([
      'heat-map.html',
      'rows.csv',
      'rows.ndjson',
      'rows.parquet',
      'sweep.json',
    ])
    expect(merged.stdout.replace('merged', 'whole')).toBe(whole.stdout.replace(', all of them made now', ''))
    // A merged folder is one that the same command goes on with.
    const again = await zdr(folder, ...words, '--out', 'merged')
    expect(again.stdout).toContain(' 0 of them made now')
  })

  test('names the parts that are lacking', async () => {
    const folder = folderWith({'small.yaml': small})
    await zdr(folder, 'sweep', 'small.yaml', ...vary, '--shard', '2/3', '--out', 'part')
    const {code, stdout, stderr} = await zdr(folder, 'merge', 'merged', 'part')
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(
      /^zdr: \d+ of 12 runs are in none of these parts; they are made by\n {2}zdr sweep small\.yaml .* --shard 1\/3\n {2}zdr sweep .* --shard 3\/3\n$/,
    )
    expect(readdirSync(folder)).not.toContain('merged')
  })

  test('refuses parts of another version, of another sweep, and what is no part', async () => {
    const folder = folderWith({'small.yaml': small})
    const words = ['sweep', 'small.yaml', '--threads', '1', '--vary', 'tiers.edge.hosts=2,3', '--out']
    await Promise.all([
      zdr(folder, ...words, 'a', '--shard', '1/2'),
      zdr(folder, ...words, 'b', '--shard', '2/2', '--replications', '2'),
    ])
    for (const name of ['old', 'mine']) mkdirSync(`${folder}/${name}`)
    writeFileSync(
      `${folder}/old/sweep.json`,
      readFileSync(`${folder}/a/sweep.json`, 'utf8').replace(/"version": ".*"/, '"version": "0.0.1"'),
    )
    const answers = await Promise.all(
      [['a', 'b'], ['a', 'old'], ['old'], ['mine'], ['none']].map(parts => zdr(folder, 'merge', 'out', ...parts)),
    )
    const messages = [
      'a and b are parts of two sweeps; they differ in replications\n  a: 1\n  b: 2\n',
      /a was made by zdr .*, old by zdr 0\.0\.1/,
      /old was made by zdr 0\.0\.1, and this is /,
      'mine is no folder of a sweep: there is no sweep.json in it',
      'none is no folder of a sweep',
    ]
    for (const [i, {code, stdout, stderr}] of answers.entries()) {
      expect([code, stdout]).toEqual([2, ''])
      if (typeof messages[i] === 'string') expect(stderr).toContain(messages[i])
      else expect(stderr).toMatch(messages[i]!)
    }
  })
})
