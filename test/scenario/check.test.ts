import {readFileSync} from 'node:fs'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {type CheckOptions, checkScenario} from '../../sim/scenario/check.ts'
import {format} from '../../sim/scenario/error.ts'
import {parseScenario, readSource} from '../../sim/scenario/parse.ts'
import {sourceOf} from '../../sim/scenario/source.ts'
import {plainValue} from '../../sim/scenario/value.ts'
import {known} from '../../sim/strategies/index.ts'
import {filesBelow} from '../tidy/source.ts'
import {sample, strategies} from './sample.ts'

/** The document that a page would be sent in place of a text. */
function documentOf(text: string): Record<string, unknown> {
  const source = readSource(text)
  if (!('root' in source)) throw new Error(JSON.stringify(source))
  return JSON.parse(JSON.stringify(source.root))
}

const check = (document: unknown, more: Partial<CheckOptions> = {}) =>
  checkScenario(sourceOf(document), {file: 'x', name: 'x', strategies, ...more})

const errorsOf = (document: unknown, overrides: readonly string[] = []) => {
  const checked = check(document, {overrides})
  return 'errors' in checked ? checked.errors.map(format) : []
}

/** As text, with what JSON has no word for, and without the lines that only a text has. */
const shown = (value: unknown) =>
  JSON.stringify(value, (key, it) => (key === 'line' ? undefined : it === Infinity ? 'none' : it))

describe('a scenario whose document is parsed already', () => {
  test.each(filesBelow('scenarios', '.yaml'))('is what the text would be: %s', path => {
    const text = readFileSync(path, 'utf8')
    const options = {file: path, name: 'x', strategies: known, read: () => '1s'}
    const parsed = parseScenario(text, options)
    expect(parsed).toHaveProperty('scenario')
    expect(shown(checkScenario(sourceOf(documentOf(text)), options))).toBe(shown(parsed))
  })

  test('is told what is wrong with it, by file and path without a line', () => {
    const document = {...documentOf(sample), end: '0s', trafic: {}}
    expect(errorsOf(document)).toEqual([
      expect.stringMatching(/^x end: found "0s", wanted a duration/),
      'x trafic: found an unknown key, wanted "traffic"',
      expect.stringMatching(/^x release\.edge\.at: found "1m", wanted an instant before the end/),
      expect.stringMatching(/^x faults\.0\.at: /),
    ])
    expect(errorsOf(null)).toEqual(['x: found an empty file, wanted a map with title, question, end …'])
  })

  test('takes overrides of one word or number, and stays as it is itself', () => {
    const document = documentOf(sample)
    const before = JSON.stringify(document)
    const overrides = ['faults.1.host-stalls=app.0', 'faults.1.at=10m', 'seed=7', 'release.edge.options.batch=25%']
    expect(check(document, {overrides})).toMatchObject({
      scenario: {
        seed: 7,
        releases: [{options: {batch: 0.25}}],
        world: {faults: [{kind: 'host-dies'}, {kind: 'host-stalls', tier: 'app', host: 0, at: 600e6}]},
      },
    })
    expect(JSON.stringify(document)).toBe(before)
  })

  test('takes any other override with a parser, and says so without one', () => {
    const overrides = ['faults=[{host-dies: app.1, at: 3m}]']
    expect(check(documentOf(sample), {overrides, readValue: readSource})).toMatchObject({
      scenario: {world: {faults: [{tier: 'app', host: 1}]}},
    })
    expect(errorsOf(documentOf(sample), overrides)).toEqual([
      '--set faults=[{host-dies: app.1, at: 3m}] faults: found "[{host-dies: app.1, at: 3m}]", wanted one number or word, such as 5, 20m, 25% or edge.3',
    ])
  })
})

describe('a plain value', () => {
  test.each([
    ['5', 5],
    ['-1.50', -1.5],
    ['007', 7],
    ['20m', '20m'],
    ['1h30m', '1h30m'],
    ['25%', '25%'],
    ['400/s', '400/s'],
    ['edge/l4.0', 'edge/l4.0'],
    ['at drain', 'at drain'],
    ['true', true],
    ['null', null],
  ])('%s is read', (text, value) => {
    expect(plainValue(text)).toEqual({root: value})
  })

  test('is read as YAML reads it, whatever it is, or not at all', () => {
    const letters = fc.constantFrom(...'0123456789aefnrtulxoTFN.-_/% :#[{~+')
    let read = 0
    fc.assert(
      fc.property(fc.string({unit: letters, maxLength: 6}), text => {
        const value = plainValue(text)
        if (!('root' in value)) return
        read++
        expect(readSource(text)).toMatchObject({root: value.root})
      }),
      {numRuns: 20_000, seed: 1},
    )
    expect(read).toBeGreaterThan(2_000)
  })
})
