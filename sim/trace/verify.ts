import type {Trace} from './trace.ts'

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
  series: value => isFields(value) && isTime(value.width) && isFields(value.columns),
  totals: isFields,
}

function problemWithShape(json: Fields): string | undefined {
  const wrong = Object.entries(shapes).find(([name, fits]) => !fits(json[name]))
  if (wrong === undefined) return undefined
  return wrong[0] in json ? `${wrong[0]} is not what it should be` : `${wrong[0]} is missing`
}

function problemWithActors({actors}: Trace): string | undefined {
  const wrong = actors.findIndex(actor => !isFields(actor) || !isText(actor.name) || !isText(actor.kind))
  if (wrong !== -1) return `actors[${wrong}] has no name or no kind`
  const orphan = actors.findIndex(({kind, of}) => kind === 'process' && actors[of ?? -1]?.kind !== 'host')
  return orphan === -1 ? undefined : `actors[${orphan}] is a process of no host`
}

function problemWithEvents({events, actors, end}: Trace): string | undefined {
  let last = 0
  for (const [i, event] of events.entries()) {
    if (!isFields(event) || !isText(event.kind)) return `events[${i}] has no kind`
    if (!(event.at >= last && event.at <= end)) return `events[${i}] is not between the one before it and the end`
    for (const [field, kind] of references)
      if (field in event && actors[(event as unknown as Fields)[field] as number]?.kind !== kind)
        return `events[${i}].${field} is no ${kind}`
    last = event.at
  }
  return undefined
}

/** Fields of events that name an actor, and its kind. */
const references = [
  ['process', 'process'],
  ['from', 'process'],
  ['to', 'process'],
  ['host', 'host'],
  ['balancer', 'balancer'],
] as const

const columnsOf = {
  disruptions: ['at', 'workload', 'client', 'process', 'outcome', 'cause', 'took'],
  connections: ['workload', 'client', 'process', 'from', 'to', 'outcome'],
} as const

function problemWithColumns(trace: Trace): string | undefined {
  for (const [table, names] of Object.entries(columnsOf)) {
    const columns = trace[table as keyof typeof columnsOf] as unknown as Fields
    const wrong = names.find(name => !isColumn(columns[name], columns[names[0]]))
    if (wrong !== undefined) return `${table}.${wrong} is missing, or not as long as the columns beside it`
    const stray = names.find(name => strays(columns[name] as readonly number[], trace, name))
    if (stray !== undefined) return `${table}.${stray} points at what is not there`
  }
  const {width, columns} = trace.series
  const buckets = Math.ceil(trace.end / width)
  const odd = Object.entries(columns).find(([, values]) => !Array.isArray(values) || values.length !== buckets)
  return odd === undefined ? undefined : `series.columns.${odd[0]} has not one value for each of ${buckets} buckets`
}

/** Whether a column of indices leaves the table that it points into; -1 is nobody, or not yet. */
function strays(column: readonly number[], trace: Trace, name: string): boolean {
  const {workloads, actors, outcomes, causes} = trace
  const table = {workload: workloads, process: actors, outcome: outcomes, cause: causes}[name]
  return table !== undefined && column.some(index => !(index >= -1 && index < table.length))
}

const isColumn = (column: unknown, beside: unknown): boolean =>
  Array.isArray(column) && Array.isArray(beside) && column.length === beside.length && column.every(Number.isFinite)
