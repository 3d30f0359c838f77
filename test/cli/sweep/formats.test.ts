import {writeFileSync} from 'node:fs'
import {DuckDBInstance} from '@duckdb/node-api'
import {asyncBufferFromFile, parquetMetadataAsync} from 'hyparquet'
import {expect, test} from 'vitest'
import {columnsOf} from '../../../sim/cli/sweep/columns.ts'
import {formats} from '../../../sim/cli/sweep/formats.ts'
import {folderWith} from '../command.ts'
import {failed, outcomeWith, rowWith} from './outcomes.ts'

/** With all that is hard to write: a fraction that is not short, nothing, a failure with quotes and lines. */
const outcome = outcomeWith(({way, point, seed}) =>
  way === 1 && point === 2 && seed === 2
    ? failed
    : rowWith({
        'tiers.edge.hosts': 2 + point,
        'disruption.fraction': (0.1 + seed) / 3,
        'release.duration': way === 1 ? null : 1e-7 * seed,
        ...(seed === 2 && {'traffic.web.causes.killed': 7}),
      }),
)
const columns = columnsOf(outcome)
const folder = () => {
  const path = folderWith()
  for (const [format, write] of Object.entries(formats)) writeFileSync(`${path}/rows.${format}`, write(columns))
  return path
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const database = await DuckDBInstance.create(':memory:')
  const connection = await database.connect()
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson() as Record<string, unknown>[]
  } finally {
    connection.closeSync()
    database.closeSync()
  }
}

const wanted = columns[0]!.values.map((_, i) => Object.fromEntries(columns.map(({name, values}) => [name, values[i]])))

test('the table has what was varied in its unit, the numbers of all runs, and what went wrong', () => {
  expect(columns.map(({name, unit}) => `${name} ${unit}`)).toEqual([
    'strategy null',
    'set.tiers.edge.hosts 1',
    'set.release.edge.options.pause s',
    'seed 1',
    'error null',
    'finished null',
    'tiers.edge.hosts 1',
    'disruption.fraction 1',
    'release.duration s',
    'traffic.web.causes.killed 1',
  ])
  expect(wanted).toHaveLength(24)
  expect(wanted[0]).toMatchObject({strategy: 'as written', 'set.release.edge.options.pause': 1, seed: 1, error: null})
  // A cause that a run did not see did not come about in it.
  expect(wanted[0]!['traffic.web.causes.killed']).toBe(0)
  expect(wanted[17]).toMatchObject({
    strategy: 'graceful-drain',
    'disruption.fraction': null,
    error: expect.stringContaining('line 7'),
  })
})

test.each(['parquet', 'csv', 'ndjson'])('DuckDB reads from rows.%s what was written', async format => {
  const path = `${folder()}/rows.${format}`
  const reader = {parquet: 'read_parquet', csv: 'read_csv', ndjson: 'read_json'}[format]
  const found = await query(`select * from ${reader}('${path}')`)
  const plain = found.map(row =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plainOf(name, value)])),
  )
  expect(plain).toEqual(wanted)
})

/** Whole numbers that need more than 32 bits come as texts. */
const plainOf = (name: string, value: unknown): unknown =>
  typeof value === 'string' && name !== 'strategy' && name !== 'error' ? Number(value) : value

test('DuckDB and another reader find the unit of each column in the Parquet file', async () => {
  const path = `${folder()}/rows.parquet`
  const [pair] = await query(`select decode(value) as units from parquet_kv_metadata('${path}') where key = 'units'`)
  const units = Object.fromEntries(columns.flatMap(({name, unit}) => (unit === null ? [] : [[name, unit]])))
  expect(JSON.parse(String(pair!.units))).toEqual(units)
  const {row_groups} = await parquetMetadataAsync(await asyncBufferFromFile(path))
  const found = row_groups[0]!.columns.map(({meta_data}) => [
    meta_data!.path_in_schema.join('.'),
    meta_data!.key_value_metadata?.[0]?.value ?? null,
  ])
  expect(found).toEqual(columns.map(({name, unit}) => [name, unit]))
  const [sum] = await query(`select sum("release.duration") as s, count(*) as n from '${path}' where error is null`)
  expect([Number(sum!.s), Number(sum!.n)]).toEqual([expect.closeTo(18e-7, 12), 23])
})
