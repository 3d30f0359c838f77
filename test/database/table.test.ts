import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {Table} from '../../sim/net/database/table.ts'
import {reads, renaming} from '../harness.ts'

const users = (rows = 3) => new Table('users', {rows, columns: ['name']}, renaming)
const all = (which: 'differing' | 'empty', rows = 3) => ({first: 0, count: rows, which})

describe('a table', () => {
  test('has no copies that differ while its column is the only one, whoever writes it', () => {
    const table = users()
    table.write(1, ['name'])
    expect([table.divergent, table.isStale(1, ['name'])]).toEqual([0, false])
  })

  test('differs in all rows when a column is added, and in none when it is filled', () => {
    const table = users()
    table.add('full_name')
    expect([table.divergent, table.isStale(0, ['full_name'])]).toEqual([3, true])
    table.copy('name', 'full_name', all('empty'))
    expect([table.divergent, table.isStale(0, ['full_name'])]).toEqual([0, false])
  })

  test('has an old value for ever in a row that was copied and then written by who does not know the new column', () => {
    const table = users()
    table.add('full_name')
    table.copy('name', 'full_name', all('empty'))
    table.write(2, ['name'])
    table.copy('name', 'full_name', all('empty'))
    expect([table.divergent, table.isStale(2, ['full_name'])]).toEqual([1, true])
    table.drop('name')
    expect([table.divergent, table.lost]).toEqual([1, 1])
  })

  test('has it right again if what differs is copied once more', () => {
    const table = users()
    table.add('full_name')
    table.copy('name', 'full_name', all('empty'))
    table.write(2, ['name'])
    table.copy('name', 'full_name', all('differing'))
    expect(table.divergent).toBe(0)
  })

  test('is read by who takes the first value that is there (COALESCE)', () => {
    const table = users()
    table.add('full_name')
    expect(table.isStale(0, ['full_name', 'name'])).toBe(false)
    table.write(0, ['name'])
    expect(table.isStale(0, ['full_name', 'name'])).toBe(false)
  })

  test('keeps its values under another name', () => {
    const table = users()
    table.write(0, ['name'])
    table.rename('name', 'full_name')
    expect([table.missing(['name']), table.missing(['full_name'])]).toEqual(['name', undefined])
    expect([table.divergent, table.isStale(0, ['full_name'])]).toEqual([0, false])
  })

  test('does not count a column that no version writes: what that holds is something else', () => {
    const table = new Table('users', {rows: 1, columns: ['name', 'nickname']}, [reads('name').writes('name')])
    table.write(0, ['name'])
    expect(table.divergent).toBe(0)
  })

  const step = fc.oneof(
    fc.record({row: fc.nat(4), columns: fc.subarray(['name', 'full_name'], {minLength: 1})}),
    fc.constantFrom('add', 'drop', 'differing', 'empty'),
  )

  test('counts as it goes along what somebody counts who looks at every row', () => {
    fc.assert(
      fc.property(fc.array(step, {maxLength: 40}), steps => {
        const table = users(5)
        for (const it of steps) {
          if (typeof it === 'object') table.write(it.row, it.columns)
          else if (it === 'add') table.add('full_name')
          else if (it === 'drop') table.drop('full_name')
          else table.copy('name', 'full_name', all(it as 'empty', 5))
          const rows = [0, 1, 2, 3, 4]
          const differs = (row: number) => table.names.some(column => table.isStale(row, [column]))
          expect(table.divergent).toBe(rows.filter(differs).length)
          expect(table.lost).toBe(rows.filter(row => table.names.every(column => table.isStale(row, [column]))).length)
        }
      }),
    )
  })
})
