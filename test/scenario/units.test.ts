import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {
  formatDuration,
  formatFraction,
  formatRate,
  formatSize,
  parseDuration,
  parseFraction,
  parseRate,
  parseSize,
} from '../../sim/scenario/units.ts'

describe('a duration', () => {
  test.each([
    ['250us', 250],
    ['5ms', 5_000],
    ['1s', 1e6],
    ['1.5s', 1.5e6],
    ['20m', 1.2e9],
    ['2h', 7.2e9],
    ['1d', 8.64e10],
    ['1m30s', 9e7],
    ['1d2h3m4s5ms6us', 93_784_005_006],
    ['0s', 0],
    ['0.4us', 0],
    ['0.1ms', 100],
  ])('of %s is %d microseconds', (text, micros) => {
    expect(parseDuration(text)).toBe(micros)
  })

  test.each([
    '',
    '5',
    '-5s',
    '+5s',
    '5 s',
    '5sec',
    's',
    '1e3s',
    '30s1m',
    '1s1s',
    '5S',
    '.5s',
    '5.s',
    'none',
    '5m ',
    '∞',
  ])('is not written %j', text => {
    expect(parseDuration(text)).toBeUndefined()
  })

  test('ends after 285 years', () => {
    expect(parseDuration('104249d')).toBe(104_249 * 8.64e10)
    expect(parseDuration('104250d')).toBeUndefined()
    expect(parseDuration(`${'9'.repeat(400)}s`)).toBeUndefined()
  })

  test.each([
    [0, '0s'],
    [250, '250us'],
    [1_500, '1.5ms'],
    [1.5e6, '1.5s'],
    [60e6, '1m'],
    [90e6, '1m30s'],
    [5.4e9, '1h30m'],
    [8.64e10, '1d'],
    [60_500_000, '1m0.5s'],
    [Number.POSITIVE_INFINITY, 'none'],
  ])('of %d microseconds is written %s', (micros, text) => {
    expect(formatDuration(micros)).toBe(text)
  })

  test('is read again as what was written', () => {
    const micros = fc.oneof(fc.nat(2_000_000), fc.nat(2 ** 31 - 1), fc.maxSafeNat())
    fc.assert(fc.property(micros, it => parseDuration(formatDuration(it)) === it))
  })
})

describe('a rate', () => {
  test.each([
    ['400/s', 400],
    ['30/m', 0.5],
    ['2/h', 2 / 3600],
    ['0.5/s', 0.5],
    ['0/s', 0],
  ])('of %s is %d per second', (text, perSecond) => {
    expect(parseRate(text)).toBe(perSecond)
  })

  test.each(['400', '400 /s', '/s', '-1/s', '4/ms', '1e3/s', '400/sec'])('is not written %j', text => {
    expect(parseRate(text)).toBeUndefined()
  })

  test('is written per second, or per the time in which it happens at least once', () => {
    expect([400, 0.5, 0, 2 / 3600, 1 / 86_400].map(formatRate)).toEqual(['400/s', '30/m', '0/s', '2/h', '1/d'])
  })
})

describe('a size', () => {
  test.each([
    ['512MiB', 512 * 2 ** 20],
    ['64KiB', 65_536],
    ['1GB', 1e9],
    ['1.5GiB', 1.5 * 2 ** 30],
    ['100B', 100],
  ])('of %s is %d bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes)
  })

  test.each(['512', '512M', '512 MiB', '512mib', '-1KiB', 'MiB'])('is not written %j', text => {
    expect(parseSize(text)).toBeUndefined()
  })

  test('is written in the largest binary unit that it fills', () => {
    expect([0, 100, 65_536, 1.5 * 2 ** 30].map(formatSize)).toEqual(['0B', '100B', '64KiB', '1.5GiB'])
  })
})

describe('a share', () => {
  test('of 20% is exactly 0.2, and one of 7% is 0.07', () => {
    expect(['20%', '7%', '0%', '100%', '0.1%', '12.5%'].map(parseFraction)).toEqual([0.2, 0.07, 0, 1, 0.001, 0.125])
  })

  test.each(['20', '0.2', '20 %', '-5%', '%', '1e2%'])('is not written %j', text => {
    expect(parseFraction(text)).toBeUndefined()
  })

  test('is read again as what was written', () => {
    fc.assert(fc.property(fc.nat(1_000_000), n => parseFraction(formatFraction(n / 1e6)) === n / 1e6))
  })
})
