import {ByteWriter, ParquetWriter, schemaFromColumnData} from 'hyparquet-writer'
import {version} from '../../trace/version.ts'
import {lines} from '../terminal/csv.ts'
import type {Column, Value} from './columns.ts'

/** Ways to write the table of all runs, by the endings of their files. */
export const formats = {csv, ndjson, parquet} as const
export type Format = keyof typeof formats

/** RFC 4180, with a line of names; what there is not is empty. */
function csv(columns: readonly Column[]): Uint8Array {
  const texts = (values: Iterable<Value>) => Array.from(values, value => String(value ?? ''))
  return joined([lines([columns.map(({name}) => name)]), ...rowsOf(columns, values => lines([texts(values)]))])
}

/** An object for each run. */
function ndjson(columns: readonly Column[]): Uint8Array {
  const names = columns.map(({name}) => JSON.stringify(name))
  const pairs = (values: readonly unknown[]) => values.map((value, i) => `${names[i]}:${JSON.stringify(value)}`)
  return joined(rowsOf(columns, values => `{${pairs(values).join(',')}}\n`))
}

/** Numbers as DOUBLE, true and false as BOOLEAN; the unit of a column is in its own metadata, and those of all in that of the file. */
function parquet(columns: readonly Column[]): Uint8Array {
  const columnData = columns.map(({name, unit, values}) => ({
    name,
    data: [...values],
    type: typeIn(unit, values),
  }))
  const units = Object.fromEntries(columns.flatMap(({name, unit}) => (unit === null ? [] : [[name, unit]])))
  const writer = new ByteWriter()
  const file = new ParquetWriter({
    writer,
    schema: schemaFromColumnData({columnData}),
    kvMetadata: [
      {key: 'units', value: JSON.stringify(units)},
      {key: 'zdr', value: version},
    ],
    createdBy: `zdr version ${version}`,
  })
  void file.write({columnData})
  for (const group of file.row_groups) group.columns.forEach((chunk, i) => tellUnit(chunk, columns[i]!))
  void file.finish()
  return new Uint8Array(writer.getBuffer())
}

function typeIn(unit: Column['unit'], values: Column['values']) {
  if (unit !== null) return 'DOUBLE' as const
  return values.some(it => typeof it === 'boolean') ? ('BOOLEAN' as const) : ('STRING' as const)
}

type Chunk = ParquetWriter['row_groups'][number]['columns'][number]

function tellUnit({meta_data}: Chunk, {unit}: Column): void {
  if (unit !== null && meta_data !== undefined) meta_data.key_value_metadata = [{key: 'unit', value: unit}]
}

function* rowsOf(columns: readonly Column[], text: (values: readonly Value[]) => string) {
  const {length} = columns[0]!.values
  for (let i = 0; i < length; i++) yield text(columns.map(({values}) => values[i]!))
}

/** As bytes line by line, for all of it may be longer than a text can be. */
const joined = (parts: Iterable<string>): Uint8Array => Buffer.concat(Array.from(parts, part => Buffer.from(part)))
