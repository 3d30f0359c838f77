import type {Options} from 'yargs'
import type {Format} from './sweep/formats.ts'
import {UserError} from './user-error.ts'

/** What verbs share. Each option knows how to read what was typed; what it cannot read is the user's mistake. */
export const scenario = {
  type: 'string',
  demandOption: true,
  describe: 'A file, or the name of a scenario that comes with zdr',
} as const satisfies Options

export const seed = {
  type: 'string',
  requiresArg: true,
  describe: 'Whole number that decides all chance, instead of the one in the file',
  coerce: (typed: unknown) => (typed === undefined ? undefined : numberOf('seed', once('seed', typed), 0, lastSeed)),
} as const satisfies Options

/** Replications have the seeds after it, all of which are to be whole numbers. */
const lastSeed = Number.MAX_SAFE_INTEGER - 10_000

export const set = {
  type: 'array',
  string: true,
  requiresArg: true,
  describe: 'PATH=VALUE: use another value than the file has, as traffic.web.rate=800/s; may be repeated',
  coerce: (typed: readonly string[] | undefined) => typed?.map(assignment),
} as const satisfies Options

export const json = {
  type: 'boolean',
  describe: 'Print the whole report as JSON',
} as const satisfies Options

export const csv = {
  type: 'boolean',
  describe: 'Print the whole report as rows strategy,path,value',
} as const satisfies Options

export const strategy = {
  type: 'string',
  requiresArg: true,
  describe: 'Release with this strategy instead: a name from `zdr list`, or a file, as ./mine.ts',
  coerce: (typed: unknown) => (typed === undefined ? undefined : once('strategy', typed)),
} as const satisfies Options

export const strategies = {
  type: 'string',
  requiresArg: true,
  describe: 'A,B,./C.TS: compare only these; by default the classic ones that suit, and the scenario’s own',
  coerce: (typed: unknown) => (typed === undefined ? undefined : names('strategies', typed)),
} as const satisfies Options

export const trace = {
  type: 'string',
  requiresArg: true,
  describe: 'Also write all that happened to a file that ends in .json or .json.gz',
  coerce: (typed: unknown) => (typed === undefined ? undefined : traceName('trace', once('trace', typed))),
} as const satisfies Options

export const threads = {
  type: 'string',
  requiresArg: true,
  describe: 'Threads that share the work; by default as many as there are cores',
  coerce: (typed: unknown) => (typed === undefined ? undefined : numberOf('threads', once('threads', typed), 1, 256)),
} as const satisfies Options

export const perfetto = {
  type: 'string',
  requiresArg: true,
  describe: 'Also write a trace for ui.perfetto.dev to a file that ends in .json or .json.gz',
  coerce: (typed: unknown) => (typed === undefined ? undefined : traceName('perfetto', once('perfetto', typed))),
} as const satisfies Options

export const openmetrics = {
  type: 'boolean',
  describe: 'Print the report as OpenMetrics text, as Prometheus reads it',
} as const satisfies Options

export const redis = {
  type: 'string',
  requiresArg: true,
  describe: 'redis://HOST:PORT, or rediss://USER:PASSWORD@HOST:PORT/DB; a password may stand in REDISCLI_AUTH instead',
  coerce: (typed: unknown) => (typed === undefined ? undefined : once('redis', typed)),
} as const satisfies Options

export const allFormats: readonly Format[] = ['csv', 'ndjson', 'parquet']

export const format = {
  type: 'string',
  requiresArg: true,
  describe: 'csv,ndjson,parquet: how to write the table of all runs, beside heat-map.html; by default all three',
  coerce: (typed: unknown) => (typed === undefined ? undefined : names('format', typed).map(formatOf)),
} as const satisfies Options

function formatOf(text: string): Format {
  const found = allFormats.find(it => it === text)
  if (found !== undefined) return found
  throw new UserError(`--format wants csv, ndjson or parquet, not '${text}'`)
}

const formats = ['json', 'csv', 'openmetrics'] as const

/** The ways to print for another program, of which one run can obey one. */
export function checkOneFormat(args: {readonly [K in (typeof formats)[number]]?: boolean | undefined}): void {
  const [one, other] = formats.filter(format => args[format])
  if (other !== undefined) throw new UserError(`--${one} and --${other} exclude each other: choose one`)
}

/** The value of an option that may be given once. */
export function once(name: string, typed: unknown): string {
  if (Array.isArray(typed)) throw new UserError(`--${name} is given ${typed.length} times; it takes one value`)
  const text = String(typed)
  if (text === '') throw new UserError(`--${name} wants a value`)
  return text
}

/** A list with commas, each entry once. */
export function names(option: string, typed: unknown): string[] {
  const entries = [typed].flat().flatMap(text => String(text).split(','))
  const wanted = entries.map(entry => entry.trim()).filter(entry => entry !== '')
  if (wanted.length === 0) throw new UserError(`--${option} wants at least one name`)
  return [...new Set(wanted)]
}

export function wholeNumber(option: string, text: string): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value
  const largest = Number.MAX_SAFE_INTEGER
  throw new UserError(`--${option} wants a whole number from 0 to ${largest}, not '${text}'`)
}

/** A whole number within bounds; `because` says why they are what they are. */
export function numberOf(option: string, text: string, least: number, most: number, because = ''): number {
  const count = wholeNumber(option, text)
  if (count >= least && count <= most) return count
  throw new UserError(`--${option} wants ${least} to ${most}${because}, not '${text}'`)
}

function assignment(text: string): string {
  if (/^[^=]+=/.test(text)) return text
  throw new UserError(`--set wants PATH=VALUE, as traffic.web.rate=800/s, not '${text}'`)
}

/** The name of a page to be written. */
export function pageName(option: string, typed: unknown): string {
  const file = once(option, typed)
  if (/\.html$/.test(file)) return file
  throw new UserError(`--${option} wants a file name that ends in .html, not '${file}'`)
}

function traceName(option: string, file: string): string {
  if (/\.json(\.gz)?$/.test(file)) return file
  throw new UserError(`--${option} wants a file name that ends in .json or .json.gz, not '${file}'`)
}
