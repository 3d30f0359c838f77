import {readFileSync, statSync, truncateSync, writeFileSync} from 'node:fs'
import fc from 'fast-check'
import {expect, test} from 'vitest'
import {Journal, readJournal} from '../../../sim/cli/sweep/journal.ts'
import {folderWith} from '../command.ts'
import {address, row} from './folders.ts'

/** A journal with so many rows, closed. */
function journalOf(count: number): string {
  const path = `${folderWith()}/journal.ndjson`
  const journal = new Journal(path)
  for (let i = 0; i < count; i++) journal.add(address(i), row(i))
  journal.close()
  return path
}

function reopened(path: string) {
  const journal = new Journal(path)
  journal.close()
  return journal
}

test('a journal gives back what was added, the last row of each cell', () => {
  const path = journalOf(3)
  const journal = new Journal(path)
  journal.add(address(1), row(10))
  journal.close()
  for (const rows of [journal.rows, reopened(path).rows, readJournal(path)])
    expect([...rows]).toEqual([
      [address(0), row(0)],
      [address(1), row(10)],
      [address(2), row(2)],
    ])
  expect(
    readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line).row),
  ).toEqual([row(0), row(1), row(2), row(10)])
})

test('wherever the file was torn, all whole rows are there, and the next one is whole again', () => {
  const path = journalOf(4)
  const bytes = readFileSync(path)
  fc.assert(
    fc.property(fc.integer({min: 0, max: bytes.length}), length => {
      writeFileSync(path, bytes)
      truncateSync(path, length)
      const whole = bytes.subarray(0, length).filter(byte => byte === 10).length
      const journal = new Journal(path)
      expect([journal.rows.size, journal.damaged]).toEqual([whole, 0])
      journal.add(address('next'), row(9))
      journal.close()
      expect([reopened(path).rows.size, reopened(path).damaged]).toEqual([whole + 1, 0])
    }),
    {numRuns: 60},
  )
})

test('whatever byte is damaged, no other row is lost and no wrong one is believed', () => {
  const path = journalOf(4)
  const bytes = readFileSync(path)
  fc.assert(
    fc.property(fc.nat(bytes.length - 2), fc.integer({min: 1, max: 255}), (at, change) => {
      const damaged = Buffer.from(bytes)
      damaged[at]! ^= change
      writeFileSync(path, damaged)
      const journal = reopened(path)
      expect(journal.damaged).toBeGreaterThan(0)
      for (const [key, value] of journal.rows)
        expect([0, 1, 2, 3].map(i => [address(i), row(i)])).toContainEqual([key, value])
      // A line end that is none any more takes two rows with it.
      expect(journal.rows.size).toBeGreaterThanOrEqual(bytes[at] === 10 ? 2 : 3)
    }),
    {numRuns: 100},
  )
})

test('a journal of rows that are longer than what is read at a time is read whole', () => {
  const path = `${folderWith()}/journal.ndjson`
  const journal = new Journal(path)
  const long = (name: string) => ({error: name.repeat(700_000), blame: 'zdr' as const, repeat: 'zdr run'})
  for (const name of ['a', 'b', 'ü']) journal.add(address(name), long(name))
  journal.close()
  expect(reopened(path).rows).toEqual(journal.rows)
  expect(statSync(path).size).toBeGreaterThan(2 ** 21)
})
