import {expect, test} from 'vitest'
import {count, decimal, inWords, percent, significant, sizeUnit, timeUnit} from '../../sim/words/figures.ts'

test('counts have a comma between thousands', () => {
  expect([0, 999, 1_000, 1_234_567, 12_345_678_901].map(count)).toEqual([
    '0',
    '999',
    '1,000',
    '1,234,567',
    '12,345,678,901',
  ])
})

test('decimals keep their digits, and none of them are mistaken for thousands', () => {
  expect([decimal(0.5, 4), decimal(1234.5678, 4), decimal(1234.5678, 0), decimal(-1234.5, 1)]).toEqual([
    '0.5000',
    '1,234.5678',
    '1,235',
    '-1,234.5',
  ])
})

test('three digits are shown of a measured number, or all before the point', () => {
  expect([0, 0.001234, 0.0999, 1.2345, 45.678, 999.6, 123_456].map(significant)).toEqual([
    '0',
    '0.00123',
    '0.0999',
    '1.23',
    '45.7',
    '1,000',
    '123,456',
  ])
})

test('a share that is not nothing never reads as nothing', () => {
  expect([percent(0), percent(0.12345), percent(1), percent(0.0001), percent(1e-9, 3), percent(0.00012345, 3)]).toEqual(
    ['0.0', '12.3', '100.0', '<0.1', '<0.001', '0.012'],
  )
})

test('a row of times is in a unit that makes neither a small fraction of its smallest nor a million of its largest', () => {
  expect(timeUnit([0.011, 40]).name).toBe('ms')
  expect(timeUnit([1.5, 7200]).name).toBe('s')
  expect(timeUnit([7200, null, 120]).name).toBe('min')
  expect(timeUnit([0, 18_000]).name).toBe('h')
  expect(timeUnit([90, 3600]).name).toBe('s')
  expect(timeUnit([0.0007, 40]).name).toBe('ms')
  expect(timeUnit([0.00005, 40]).name).toBe('ms')
  expect(timeUnit([0.00005, 0.00009]).name).toBe('µs')
  expect(timeUnit([1e9]).name).toBe('h')
})

test('a row without a time is in seconds, a row without a size in bytes', () => {
  expect(timeUnit([null, 0]).name).toBe('s')
  expect(sizeUnit([]).name).toBe('B')
  expect(sizeUnit([3 * 2 ** 30]).name).toBe('GiB')
})

test('a time in a sentence is in the two units that say the most', () => {
  expect([0.25, 0, 1, 3.5, 90, 1260, 6040, 7200].map(inWords)).toEqual([
    '250 ms',
    '0 s',
    '1 s',
    '3.5 s',
    '1 min 30 s',
    '21 min',
    '1 h 41 min',
    '2 h',
  ])
})
