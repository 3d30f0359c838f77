import {clientOf} from '../../../sim/story/clients.ts'
import {sentenceOf} from '../../../sim/story/sentences.ts'
import type {Entry} from '../../../sim/trace/ledger.ts'
import type {ReadyRun} from '../../desk/run.ts'
import type {Span} from '../../draw/timeline.ts'
import {families, familyNames} from '../../recording/family.ts'

export type Cell = string | number | undefined

/** Data by columns, each with its unit. */
export interface Table {
  readonly name: string
  readonly columns: readonly {readonly name: string; readonly unit?: string; readonly values: readonly Cell[]}[]
}

type Told = Pick<ReadyRun, 'recording' | 'ledger'>

const within = (at: number, {from, to}: Span) => at >= from && at <= to

/**
 * Disruptions of a stretch of time, with names in place of numbers. Clients are counted in each workload; the family is what
 * the page counts a disruption as.
 */
export function disruptionTable({recording}: Told, span: Span): Table {
  const {disruptions: d, workloads, actors, outcomes, causes} = recording
  const rows = Array.from(d.at.keys()).filter(row => within(d.at[row]!, span))
  const column = (name: string, value: (row: number) => Cell, unit?: string) => ({
    name,
    ...(unit && {unit}),
    values: rows.map(value),
  })
  return {
    name: 'disruptions',
    columns: [
      column('at', row => d.at[row], 'µs'),
      column('workload', row => workloads[d.workload[row]!]?.name),
      column('client', row => clientOf(recording, d.workload[row]!, d.client[row]!)),
      column('process', row => actors[d.process[row]!]?.name),
      column('family', row => familyNames[families[d.family[row]!]!]),
      column('outcome', row => outcomes[d.outcome[row]!]),
      column('cause', row => causes[d.cause[row]!]),
      column('took', row => d.took[row], 'µs'),
    ],
  }
}

/** What each field of an event is measured in; others are names. */
const units: Readonly<Record<string, string>> = {at: 'µs', share: '0 to 1', delta: 'slots of 65,537'}
const fields = [
  'at',
  'kind',
  'tier',
  'balancer',
  'host',
  'process',
  'from',
  'to',
  'state',
  'share',
  'delta',
  'hosts',
] as const
const flags = ['into', 'announced', 'forwards', 'joins', 'on', 'answers'] as const
const naming: ReadonlySet<string> = new Set(['balancer', 'host', 'process', 'from', 'to'])

/** What hosts, processes and operators did in a stretch of time, with names in place of numbers, and as a sentence. */
export function eventTable({recording, ledger}: Told, span: Span): Table {
  const rows = Array.from({length: ledger.length}, (_, row) => row).filter(row => within(ledger.at(row), span))
  const events = rows.map(row => ledger.event(row))
  const name = (actor: unknown) => recording.actors[actor as number]?.name
  const cell = (event: Entry, field: string): Cell => {
    const value = (event as unknown as Readonly<Record<string, Cell | boolean | readonly number[]>>)[field]
    if (Array.isArray(value)) return value.map(name).join(' ')
    return naming.has(field) ? name(value) : typeof value === 'boolean' ? Number(value) : (value as Cell)
  }
  return {
    name: 'events',
    columns: [
      ...[...fields, ...flags].map(field => ({
        name: field,
        ...(units[field] && {unit: units[field]}),
        values: events.map(event => cell(event, field)),
      })),
      {name: 'what', values: events.map(event => sentenceOf(event, recording))},
    ],
  }
}

/** The series of a recording, bucket by bucket, of those that reach into a stretch of time. */
export function seriesTable({recording}: Told, {from, to}: Span): Table {
  const {width, columns} = recording.series
  const buckets = Math.ceil(recording.end / width)
  const wanted = Array.from({length: buckets}, (_, k) => k).filter(k => (k + 1) * width > from && k * width <= to)
  return {
    name: 'series',
    columns: [
      {name: 'from', unit: 'µs', values: wanted.map(k => k * width)},
      {name: 'to', unit: 'µs', values: wanted.map(k => Math.min(recording.end, (k + 1) * width))},
      ...Object.entries(columns).map(([name, values]) => ({
        name,
        unit: unitOf(name),
        values: wanted.map(k => values[k]),
      })),
    ],
  }
}

/** As docs/trace.md has it. */
function unitOf(name: string): string {
  if (/\.(busy|capacity|idle)$/.test(name)) return '0 to 1'
  if (/\.p\d+$/.test(name)) return 's'
  return /\.(open|connections)$/.test(name) ? 'at the end of it' : 'per bucket'
}

/** A table as a spreadsheet reads it, with units in the head. */
export function csvOf({columns}: Table): string {
  const head = columns.map(({name, unit}) => quoted(unit === undefined ? name : `${name} (${unit})`))
  const rows = columns[0]?.values.map((_, row) => columns.map(({values}) => quoted(values[row])).join(',')) ?? []
  return `${[head.join(','), ...rows].join('\r\n')}\r\n`
}

/** A text that a spreadsheet would take for a formula is told to be a text. */
function quoted(cell: Cell): string {
  const text = typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Tables as one JSON object: each by column, with the units beside. */
export function jsonOf(
  {recording, lane}: Pick<ReadyRun, 'recording' | 'lane'>,
  span: Span,
  tables: readonly Table[],
): string {
  const {scenario, seed, strategies, exporter} = recording
  const tabled = tables.map(({name, columns}) => [
    name,
    {
      units: Object.fromEntries(columns.flatMap(it => (it.unit === undefined ? [] : [[it.name, it.unit]]))),
      columns: Object.fromEntries(columns.map(it => [it.name, it.values.map(value => value ?? null)])),
    },
  ])
  return JSON.stringify({
    exporter,
    scenario,
    seed,
    run: lane.label,
    strategies,
    ...span,
    unit: 'us',
    ...Object.fromEntries(tabled),
  })
}
