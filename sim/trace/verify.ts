import type {Trace} from './trace.ts'
import {problemWithEvents} from './verify-events.ts'

const format = 'restart-trace/1'

/** A longer JSON is more than one text can hold. */
export const mostBytes = 500 * 2 ** 20

type Fields = Readonly<Record<string, unknown>>

/** A trace from the text of a file, or what is wrong with it, in one sentence for whoever chose the file. */
export function readTrace(text: string): {readonly trace: Trace} | {readonly problem: string} {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return {problem: text.trimStart().startsWith('{') ? 'it is cut short, or is no JSON' : 'it is no JSON'}
  }
  const problem = problemWith(json)
  return problem === undefined ? {trace: json as Trace} : {problem}
}

/** What keeps a value from being a trace that can be read; undefined if nothing does. */
export function problemWith(json: unknown): string | undefined {
  if (!isFields(json)) return 'it is no trace: a trace is a JSON object'
  return (
    problemWithVersion(json.$schema) ??
    problemWithShape(json) ??
    problemWithNames(json as unknown as Trace) ??
    problemWithActors(json as unknown as Trace) ??
    problemWithEvents(json as unknown as Trace) ??
    problemWithColumns(json as unknown as Trace)
  )
}

function problemWithVersion(schema: unknown): string | undefined {
  if (schema === format) return undefined
  if (typeof schema !== 'string') return 'it is no trace: it has no $schema'
  const version = /^restart-trace\/(\d+)$/.exec(schema)?.[1]
  return version === undefined
    ? `it is no trace but ${JSON.stringify(schema.slice(0, 80))}`
    : `it is in version ${version} of the format, and this program reads version 1`
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isTime = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
const isText = (value: unknown): boolean => typeof value === 'string'
const isTextIfAny = (value: unknown): boolean => value === undefined || isText(value)

const shapes: Readonly<Record<string, (value: unknown) => boolean>> = {
  exporter: isText,
  scenario: isText,
  title: isTextIfAny,
  question: isTextIfAny,
  seed: Number.isFinite,
  strategies: isFields,
  unit: value => value === 'us',
  end: isTime,
  actors: Array.isArray,
  workloads: Array.isArray,
  outcomes: Array.isArray,
  causes: Array.isArray,
  events: Array.isArray,
  disruptions: isFields,
  connections: isFields,
  series: value => isFields(value) && isTime(value.width) && value.width !== 0 && isFields(value.columns),
  totals: isFields,
}

function problemWithShape(json: Fields): string | undefined {
  const wrong = Object.entries(shapes).find(([name, fits]) => !fits(json[name]))
  if (wrong === undefined) return undefined
  return wrong[0] in json ? `${wrong[0]} is not what it should be` : `${wrong[0]} is missing`
}

/** Names that mean something to JavaScript; nobody is called so. */
const reserved = ['__proto__', 'constructor', 'prototype']
const isName = (value: unknown): boolean => isText(value) && !reserved.includes(value as string)

function problemWithNames({outcomes, causes, workloads, strategies}: Trace): string | undefined {
  const lists = {outcomes, causes, workloads: workloads.map(workload => workload?.name)}
  for (const [list, names] of Object.entries(lists)) {
    const wrong = names.findIndex(name => !isName(name))
    if (wrong !== -1) return `${list}[${wrong}] has no name that can be told`
  }
  const kindless = workloads.findIndex(({kind}) => !isText(kind))
  if (kindless !== -1) return `workloads[${kindless}] has no kind`
  return Object.values(strategies).every(isText) ? undefined : 'strategies is not what it should be'
}

function problemWithActors({actors}: Trace): string | undefined {
  const wrong = actors.findIndex(actor => !isFields(actor) || !isName(actor.name) || !isText(actor.kind))
  if (wrong !== -1) return `actors[${wrong}] has no name or no kind`
  const orphan = actors.findIndex(({kind, of}) => kind === 'process' && actors[of ?? -1]?.kind !== 'host')
  return orphan === -1 ? undefined : `actors[${orphan}] is a process of no host`
}

const columnsOf = {
  disruptions: ['at', 'workload', 'client', 'process', 'outcome', 'cause', 'took'],
  connections: ['workload', 'client', 'process', 'from', 'to', 'outcome'],
} as const

function problemWithColumns(trace: Trace): string | undefined {
  for (const [table, names] of Object.entries(columnsOf)) {
    const columns = trace[table as keyof typeof columnsOf] as unknown as Fields
    const miscounted = ['total', 'cap'].find(name => !isTime(columns[name]))
    if (miscounted !== undefined) return `${table}.${miscounted} is no number of rows`
    const wrong = names.find(name => !isColumn(columns[name], columns[names[0]]))
    if (wrong !== undefined) return `${table}.${wrong} is missing, or not as long as the columns beside it`
    const stray = names.find(name => strays(columns[name] as readonly number[], trace, table, name))
    if (stray !== undefined) return `${table}.${stray} points at what is not there`
  }
  return problemWithSample(trace) ?? problemWithSeries(trace)
}

function problemWithSample({connections: {oneIn}, workloads}: Trace): string | undefined {
  const isShare = (value: unknown) => isTime(value) && value !== 0
  const fits = Array.isArray(oneIn) && oneIn.length === workloads.length && oneIn.every(isShare)
  return fits ? undefined : 'connections.oneIn has not one number for each of the workloads'
}

function problemWithSeries({series: {width, columns}, end}: Trace): string | undefined {
  const buckets = Math.ceil(end / width)
  const fits = (values: unknown) => Array.isArray(values) && values.length === buckets && values.every(Number.isFinite)
  const odd = Object.entries(columns).find(([, values]) => !fits(values))
  return odd === undefined ? undefined : `series.columns.${odd[0]} has not one value for each of ${buckets} buckets`
}

/** Of whom there may be none, which is written as -1. */
const mayBeNone = ['disruptions.process', 'connections.process', 'connections.outcome']

/** Whether a column of places leaves the table that it points into. */
function strays(column: readonly number[], trace: Trace, table: string, name: string): boolean {
  const {workloads, actors, outcomes, causes} = trace
  const into: readonly unknown[] | undefined = {workload: workloads, process: actors, outcome: outcomes, cause: causes}[
    name
  ]
  if (into === undefined) return false
  const least = mayBeNone.includes(`${table}.${name}`) ? -1 : 0
  const isProcess = name === 'process'
  for (const place of column) {
    if (!Number.isInteger(place) || place < least || place >= into.length) return true
    if (isProcess && place !== -1 && actors[place]!.kind !== 'process') return true
  }
  return false
}

const isColumn = (column: unknown, beside: unknown): boolean =>
  Array.isArray(column) && Array.isArray(beside) && column.length === beside.length && areFinite(column)

/** A loop, for a column may have a million rows. */
function areFinite(column: readonly unknown[]): boolean {
  for (const value of column) if (!Number.isFinite(value)) return false
  return true
}
