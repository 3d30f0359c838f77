import {describe, expect, test} from 'vitest'
import type {Distribution} from '../../sim/engine/distributions.ts'
import type {WebSocketWorkload} from '../../sim/net/options.ts'
import {accepted, but, errorsOf} from './sample.ts'

const chatOf = (lifetime: string) => but('connections: 100}', `connections: 100, lifetime: ${lifetime}}`)

function lawOf(text: string, read?: (path: string) => string): Distribution {
  const {world} = accepted(chatOf(text), read && {read})
  return (world.traffic.chat as WebSocketWorkload).lifetime
}

describe('a law', () => {
  test.each([
    ['10m', 'fixed', 600e6],
    ['{exponential: 10m}', 'exponential', 600e6],
    ['{exponential: {mean: 10m}}', 'exponential', 600e6],
    ['{uniform: {from: 5s, to: 15s}}', 'uniform', 10e6],
    ['{lognormal: {mean: 40s, sigma: 1}}', 'lognormal', 40e6],
    ['{weibull: {mean: 40s, shape: 0.5}}', 'weibull', 40e6],
    ['{pareto: {mean: 40s, shape: 1.5}}', 'pareto', 40e6],
    ['{gamma: {mean: 40s, shape: 2}}', 'gamma', 40e6],
    ['{empirical: [1s, 2s, 3s]}', 'empirical', 2e6],
    ['{mixture: [{weight: 80%, of: 1s}, {weight: 20%, of: {exponential: 6s}}]}', 'mixture', 2e6],
    ['forever', 'forever', Number.POSITIVE_INFINITY],
  ])('of %s is %s with its mean', (text, kind, mean) => {
    const law = lawOf(text)
    expect(law.kind).toBe(kind)
    expect(law.mean === mean || Math.abs(law.mean / mean - 1) < 1e-9).toBe(true)
  })

  test('of Pareto may be given by its minimum: mean = shape / (shape - 1) × minimum', () => {
    expect(lawOf('{pareto: {minimum: 10s, shape: 2}}').mean).toBeCloseTo(20e6)
  })

  test('mixes laws within mixtures', () => {
    const law = lawOf('{mixture: [{weight: 50%, of: {mixture: [{weight: 100%, of: 2s}]}}, {weight: 50%, of: 4s}]}')
    expect(law.mean).toBeCloseTo(3e6)
  })

  test.each([
    ['{exponentail: 5ms}', 'lifetime.exponentail: found an unknown key, wanted "exponential"'],
    ['{exponential: 5ms, mean: 3s}', 'lifetime.mean: found an unknown key, wanted "exponential"'],
    ['{}', 'lifetime: found an empty map, wanted a map with one of exponential, uniform'],
    ['[5s]', 'lifetime: found a list, wanted a duration such as 250ms'],
    ['5', 'lifetime: found 5, wanted a duration such as 250ms, 20m or 1h30m, with its unit: 5s'],
    [
      '{exponential: 0s}',
      'lifetime.exponential: found "0s", wanted a duration such as 250ms, 20m or 1h30m, at least 1us',
    ],
    ['{uniform: {from: 9s, to: 5s}}', 'lifetime.uniform: found a map, wanted a from that is not longer than its to'],
    ['{lognormal: {mean: 5s}}', 'lifetime.lognormal.sigma: found nothing, wanted a number from 0.001 to 10'],
    ['{lognormal: {mean: 5s, sigma: -1}}', 'lifetime.lognormal.sigma: found -1, wanted a number from 0.001 to 10'],
    ['{pareto: {mean: 5s, shape: 1}}', 'lifetime.pareto.shape: found 1, wanted a number from 1.01 to 100'],
    ['{pareto: {minimum: 5s, shape: 0.5}}', 'lifetime.pareto.shape: found 0.5, wanted a number from 1.01 to 100'],
    ['{empirical: []}', 'lifetime.empirical: found an empty list, wanted a list of durations, not all of them 0'],
    ['{empirical: [0s, 0s]}', 'lifetime.empirical: found a list, wanted a list of durations, not all of them 0'],
    ['{empirical: [1s, 2]}', 'lifetime.empirical.1: found 2, wanted a duration such as 250ms'],
    ['{mixture: [{weight: 50%, of: 5s}]}', 'whose weights make 100%; these make 50%'],
    ['{mixture: [{weight: 0%, of: 5s}]}', 'lifetime.mixture.0.weight: found "0%", wanted a share such as 20%'],
    ['0s', 'chat: found a map, wanted a lifetime so long that at most 10000000 sessions begin in a second'],
    ['1us', 'chat: found a map, wanted a lifetime so long that at most 10000000 sessions begin in a second'],
  ])('is not written %s', (text, error) => {
    expect(errorsOf(chatOf(text)).join('\n')).toContain(error)
  })

  test('is forever only as a lifetime', () => {
    expect(errorsOf(but('service: 5ms', 'service: forever'))).toEqual([expect.stringContaining('found "forever"')])
  })
})

describe('a file of durations', () => {
  const lawFrom = (csv: string) => lawOf('{empirical: {file: a/b.csv}}', () => csv)
  const problemWith = (csv: string) => errorsOf(chatOf('{empirical: {file: b.csv}}'), {read: () => csv}).join('\n')

  test.each([
    ['one a line', '1s\n3s\n'],
    ['with a header and carriage returns', 'life\r\n1s\r\n3s\r\n'],
    ['as bare numbers below a header with a unit', 'duration_ms\n1000\n3000'],
    ['as bare numbers below a unit in brackets', 'life (s),host\n1,a\n3,b\n'],
    ['in the first of several columns, in quotes, with empty lines', '"1s";x\n\n"3s";y\n'],
    ['behind a byte order mark', '\uFEFF1s\n3s'],
  ])('has them %s', (_, csv) => {
    expect(lawFrom(csv).mean).toBe(2e6)
  })

  test.each([
    ['5\n6\n', 'line 1 has "5"'],
    ['life\n5s\nabc\n', 'line 3 has "abc"'],
    ['a\n1s\n-5s', 'line 3 has "-5s"'],
    ['', 'it holds none'],
    ['header\n', 'it holds none'],
    ['0s\n0s', 'all of them are 0'],
    ['999999d', 'line 1 has "999999d"'],
  ])('is refused with %j', (csv, problem) => {
    expect(problemWith(csv)).toContain(problem)
  })

  test('is read by its path, relative to the scenario', () => {
    const paths: string[] = []
    lawOf('{empirical: {file: data/life.csv}}', path => {
      paths.push(path)
      return '1s'
    })
    expect(paths).toEqual(['data/life.csv'])
  })

  test.each(['../x.csv', '/etc/passwd', 'a/../../x', 'C:/x', '\\\\x\\y', 'a\\..\\..\\x', '""', '"a\\0b"'])(
    'is never sought at %s',
    path => {
      const read = () => {
        throw new Error('it was sought')
      }
      expect(errorsOf(chatOf(`{empirical: {file: ${path}}}`), {read})).toEqual([
        expect.stringContaining('wanted the path of a CSV file beside the scenario or below it'),
      ])
    },
  )

  test('that cannot be read is an error with the reason', () => {
    const read = (): string => {
      throw new Error('no such file')
    }
    expect(errorsOf(chatOf('{empirical: {file: b.csv}}'), {read})).toEqual([
      'x.yaml:14:84 traffic.chat.lifetime.empirical.file: found "b.csv", wanted a file that can be read: no such file',
    ])
    expect(errorsOf(chatOf('{empirical: {file: b.csv}}'))).toEqual([
      expect.stringContaining('nothing to read b.csv with'),
    ])
  })
})
