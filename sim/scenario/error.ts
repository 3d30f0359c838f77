/** What is wrong in a scenario file, where, and what would do instead. */
export interface ScenarioError {
  readonly file: string
  /** From 1; both are 0 where the value comes from `--set`, or from data that was never a text. */
  readonly line: number
  readonly column: number
  /** As `tiers.edge.hosts`; empty where it concerns the file as a whole. */
  readonly path: string
  readonly found: string
  readonly wanted: string
  /** The override that brought the value, as `path=value`. */
  readonly set?: string
}

/** `scenarios/x.yaml:12:9 tiers.edge.hosts: found "twenty", wanted a whole number from 1 to 100000` */
export function format(error: ScenarioError): string {
  const {file, line, column, path, found, wanted, set} = error
  const place = line === 0 ? file : `${file}:${line}:${column}`
  const where = set === undefined ? place : `--set ${set}`
  return printable(`${where}${path === '' ? '' : ` ${path}`}: found ${found}, wanted ${wanted}`)
}

export type Path = readonly (string | number)[]

/** As people write it, with a dot between steps; what is no plain word stands in quotes. */
export function pathText(path: Path): string {
  return path
    .map(step => (/^[\w-]+(\.[\w-]+)*$/.test(String(step)) ? cut(String(step)) : quoted(String(step))))
    .join('.')
}

/** What stands in the file, short enough for a message and harmless on a terminal. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty map' : 'a map'
  return String(value)
}

export const quoted = (text: string): string => printable(JSON.stringify(cut(text)))

const longest = 60
const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text)

/** Control characters and those that turn the direction of writing could make a terminal lie. */
const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, it => `\\u${it.codePointAt(0)!.toString(16).padStart(4, '0')}`)
