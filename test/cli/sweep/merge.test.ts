import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {SweepFolder} from '../../../sim/cli/sweep/folder.ts'
import {type Manifest, manifestOf} from '../../../sim/cli/sweep/manifest.ts'
import {merge} from '../../../sim/cli/sweep/merge.ts'
import {addressedPlan} from '../../../sim/cli/sweep/plan.ts'
import {isIn, shardOf} from '../../../sim/cli/sweep/shard.ts'
import type {Row} from '../../../sim/experiment/row.ts'
import {agree, binomialDeviation, range} from '../../oracles/statistics.ts'
import {folderWith, small, strategyFile, zdr} from '../command.ts'
import {ask, failed, rowWith} from './outcomes.ts'

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
    expect(merged.stdout.replaceAll('merged', 'whole')).toBe(whole.stdout.replace(', all of them made now', ''))
    // A merged folder is one that the same command goes on with.
    const again = await zdr(folder, ...words, '--out', 'merged')
    expect(again.stdout).toContain('nothing new to run')
  })

  test('names the parts that are lacking, and takes a row that came to something over one that failed', () => {
    const folder = folderWith()
    const {cells} = addressedPlan(ask)
    const part = (number: number, row: Row) => {
      const shard = {part: number, of: 3}
      const path = `${folder}/part-${number}`
      const open = SweepFolder.open(path, manifestOf(ask, shard))
      for (const cell of cells.filter(it => isIn(shard, it))) open.add(cell.address, row)
      open.close()
      return path
    }
    const one = part(1, rowWith({'disruption.fraction': 0.5}))
    const line = String.raw`\n {2}zdr sweep small\.yaml .* --shard `
    expect(() => merge(`${folder}/out`, [one], [])).toThrow(
      new RegExp(String.raw`^\d+ of 24 runs are in none of these parts; they are made by${line}2/3${line}3/3$`),
    )
    expect(readdirSync(folder)).toEqual(['part-1'])
    const all = [one, part(2, failed), part(3, failed)]
    expect(merge(`${folder}/out`, all, []).failures.length).toBe(cells.filter(it => !isIn({part: 1, of: 3}, it)).length)
    const better = part(2, rowWith({'disruption.fraction': 0.5}))
    expect(merge(`${folder}/out`, [better, ...all], []).failures.length).toBe(
      cells.filter(it => isIn({part: 3, of: 3}, it)).length,
    )
  })

  test('refuses parts of another version, of another sweep, and what is no part', () => {
    const folder = folderWith()
    const part = (name: string, manifest: Manifest) => SweepFolder.open(`${folder}/${name}`, manifest).close()
    part('a', manifestOf(ask, {part: 1, of: 2}))
    part('b', manifestOf({...ask, replications: 3}, {part: 2, of: 2}))
    part('c', manifestOf({...ask, scenario: {...ask.scenario, text: `${ask.scenario.text}seed: 2\n`}}))
    part('old', {...manifestOf(ask), version: '0.0.1'})
    mkdirSync(`${folder}/mine`)
    mkdirSync(`${folder}/torn`)
    writeFileSync(`${folder}/torn/sweep.json`, '{"schema": "zdr-')
    const joining =
      (...names: readonly string[]) =>
      () =>
        merge(
          `${folder}/out`,
          names.map(name => `${folder}/${name}`),
          [],
        )
    expect(joining('a', 'b')).toThrow(/a and .*b are parts of two sweeps; they differ in replications\n.*a: 2\n.*b: 3$/)
    expect(joining('a', 'c')).toThrow(/are parts of two sweeps; they differ in scenario\n/)
    expect(joining('a', 'old')).toThrow(/a was made by zdr .*, .*old by zdr 0\.0\.1/)
    expect(joining('old')).toThrow(/old was made by zdr 0\.0\.1, and this is /)
    expect(joining('mine')).toThrow('mine is no folder of a sweep: there is no sweep.json in it')
    expect(joining('a', 'torn')).toThrow('torn/sweep.json is damaged')
    expect(readdirSync(folder)).not.toContain('out')
  })
})
