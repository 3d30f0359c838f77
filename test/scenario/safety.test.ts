import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {parse as parseYaml} from 'yaml'
import {errorsOf, parse, sample} from './sample.ts'

const repeated = (text: string, length = 1_000_000) => text.repeat(Math.floor(length / text.length))
const lines = (count: number, line: (i: number) => string) => Array.from({length: count}, (_, i) => line(i)).join('\n')

/** Nine anchors, each a list of ten of the one before: a thousand million values. */
const bomb = `a: &a [x]\n${lines(8, i => `${'bcdefghi'[i]}: &${'bcdefghi'[i]} [${Array(10).fill(`*${'abcdefgh'[i]}`)}]`)}`

const hostile: Readonly<Record<string, string>> = {
  'a hundred million characters': repeated('end: 1h\n', 100_000_000),
  'a million brackets': repeated('['),
  'a million brackets, closed': repeated('[', 500_000) + repeated(']', 500_000),
  'a million braces': repeated('{'),
  'a map in a map, 250,000 times': repeated('{a: '),
  'a list in a list, on one line': repeated('- '),
  'a key in a key, on one line': repeated('? '),
  'a map in a map, by indentation': lines(1_300, i => `${' '.repeat(i)}a:`),
  'a list in a list, by indentation': lines(1_300, i => `${' '.repeat(i)}-`),
  'a list in a list, 20 a line': lines(60, i => `${' '.repeat(i * 40)}${'- '.repeat(19)}`),
  'ninety thousand keys': lines(90_000, i => `k${i}: 1`),
  'two hundred and one keys': lines(201, i => `k${i}: 1`),
  'a hundred thousand anchors': repeated('- &a b\n'),
  'a hundred thousand aliases': `a: &a 1\nb:\n${repeated(' - *a\n')}`,
  'ten thousand aliases': `end: &a 1h\nb: [${Array(10_001).fill('*a')}]`,
  'a billion laughs': bomb,
  'an alias within its anchor': 'a: &a [*a, *a, *a, *a]',
  'a million tags': repeated('!a '),
  'a hundred thousand documents': repeated('---\n'),
  'a hundred thousand directives': repeated('%a\n'),
  'a hundred thousand comments': repeated('#\n'),
  'a million empty lines': repeated('\n'),
  'a million spaces': repeated(' '),
  'a million commas': `[${repeated(',')}]`,
  'a million closing brackets': repeated(']'),
  'a hundred thousand lines that are no YAML': repeated('a: b: c\n'),
  'a quoted text of a million characters': `title: "${repeated('a\\n')}"`,
  'a quoted text without an end': `title: "${repeated('a')}`,
  'a block of a million characters': `title: |\n${repeated(' a\n')}`,
  'a plain text of a million characters': `title: ${repeated('a ')}`,
  'a key of a million characters': `${repeated('a')}: 1`,
  'a number of a million digits': `end: ${repeated('1')}`,
  'a duration of nine thousand digits': `end: "${'1'.repeat(9_000)}s"`,
  'a duration of four thousand parts': `end: "${'1s'.repeat(4_000)}"`,
  'binary bytes': `end: 1h\u0000\u0001\u0002`,
  'bytes that were no UTF-8': 'end: 1h\uFFFD',
  'half of a surrogate pair': 'end: "\ud800"',
  'two hundred proxies in a row': `tiers:\n${lines(200, i => ` t${i}: {kind: proxy, hosts: 1, upstream: {to: t${i + 1}}}`)}`,
  'four thousand wrong values': `end: 1h\ntiers: {a: {kind: server, hosts: 1, boot: {empirical: [${Array(4_000).fill(1)}]}}}`,
  'two hundred unknown keys': lines(200, i => `${'k'.repeat(40)}${i}: 1`),
}

describe('a file that means harm', () => {
  test.each(Object.keys(hostile))('of %s gets a clear error in under a second', name => {
    const before = process.cpuUsage()
    const errors = errorsOf(hostile[name]!)
    const {user, system} = process.cpuUsage(before)
    expect(errors.length).toBeGreaterThan(0)
    for (const error of errors) expect(error).toMatch(/^x\.yaml:\d+:\d+( \S+)?: found .{1,700}, wanted .{1,700}$/)
    expect((user + system) / 1e6).toBeLessThan(1)
  })

  test.each(['__proto__', 'constructor', 'prototype', '"__proto__"'])('cannot have the key %s', key => {
    const texts = [`${key}: {polluted: 1}\n${sample}`, sample.replace('  web:', `  ${key}: {polluted: 1}\n  web:`)]
    for (const text of texts) expect(errorsOf(text)).toEqual([expect.stringContaining('wanted another name')])
    expect(({} as {polluted?: unknown}).polluted).toBeUndefined()
  })

  test('cannot name what every object has and be taken for something known', () => {
    for (const name of ['toString', 'valueOf', 'hasOwnProperty'])
      expect(
        errorsOf(sample.replace('strategy: swap', `strategy: ${name}`).replace('to: app}', `to: ${name}}`)),
      ).toEqual([
        expect.stringContaining(`"${name}", wanted a tier`),
        expect.stringContaining(`"${name}", wanted one of "swap", "pull"`),
      ])
  })

  test('prints nothing that a terminal would obey', () => {
    const text = 'end: "\\e[31m\\u009b\\u202e"\n"\\e]0;x": 1\n'
    const errors = errorsOf(text)
    expect(errors.join()).toContain('\\u001b')
    for (const error of errors) expect(error).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })
})

describe('a file that has been damaged', () => {
  const isHarmless = (text: string) => {
    const result = parse(text)
    return (
      'scenario' in result || result.errors.every(({line, column, found, wanted}) => line && column && found && wanted)
    )
  }

  test('by the loss, doubling or change of a few characters throws nothing', () => {
    const change = fc.record({
      at: fc.nat(sample.length),
      length: fc.nat(12),
      text: fc.oneof(
        fc.constantFrom('', ' ', '\n', ': ', '{', '[', '&a ', '*a', '- ', '!', '|', '"', '0', '-', '%'),
        fc.string(),
      ),
    })
    const damaged = fc
      .array(change, {minLength: 1, maxLength: 4})
      .map(changes =>
        changes.reduce((text, {at, length, text: put}) => text.slice(0, at) + put + text.slice(at + length), sample),
      )
    fc.assert(fc.property(damaged, isHarmless), {numRuns: 150})
  })

  test('by moving its lines about throws nothing', () => {
    const shuffled = fc.shuffledSubarray(sample.split('\n'), {minLength: 1}).map(some => some.join('\n'))
    fc.assert(fc.property(shuffled, isHarmless), {numRuns: 200})
  })

  test('until it is any text at all throws nothing', () => {
    const words = fc.constantFrom(
      ...sample.split(/(\W)/),
      '\n',
      '  ',
      '__proto__',
      '<<',
      '.inf',
      '1e400',
      '\uFEFF',
      '...',
    )
    const salad = fc.array(words, {maxLength: 60}).map(parts => parts.join(''))
    fc.assert(fc.property(fc.oneof(fc.string({unit: 'binary', maxLength: 60}), salad), isHarmless), {numRuns: 200})
  })

  test('in one of its values gives a scenario of sane numbers, or an error', () => {
    const paths = leaves(parseYaml(sample))
    const value = fc.oneof(
      fc.constantFrom(
        null,
        true,
        -1,
        0,
        1e308,
        '0s',
        '1us',
        '365d',
        'none',
        'forever',
        '0%',
        '100%',
        '0/s',
        '1/d',
        '1TiB',
        [],
        {},
      ),
      fc.constantFrom(
        {exponential: '1us'},
        {empirical: ['1us']},
        {uniform: {from: '0s', to: '365d'}},
        {l4lb: {}},
        'edge',
        'app',
      ),
      fc.jsonValue(),
    )
    const property = fc.property(fc.constantFrom(...paths), value, (path, put) => {
      const result = parse(JSON.stringify(withValue(parseYaml(sample), path, put)))
      if ('errors' in result) return result.errors.length > 0
      return numbersIn(result.scenario.world).every(number => number >= 0)
    })
    fc.assert(property, {numRuns: 200})
  })
})

type Json = {[key: string]: unknown}
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null

function leaves(value: unknown, path: readonly string[] = []): string[][] {
  if (!isObject(value)) return [[...path]]
  return Object.keys(value).flatMap(key => leaves(value[key], [...path, key]))
}

function withValue(root: Json, [step, ...rest]: readonly string[], value: unknown): Json {
  root[step!] = rest.length === 0 ? value : withValue(root[step!] as Json, rest, value)
  return root
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return isObject(value) ? Object.values(value).flatMap(numbersIn) : []
}
