import type {Report} from '../../metrics/report.ts'

/** Reports as flat rows `strategy,path,value`, quoted as in RFC 4180; null is an empty value. */
export function csv(reports: readonly {readonly strategy: string; readonly report: Report}[]): string {
  const rows = reports.flatMap(({strategy, report}) => leaves(report).map(([path, value]) => [strategy, path, value]))
  return lines([['strategy', 'path', 'value'], ...rows])
}

/** Rows of fields as text. */
export const lines = (rows: readonly (readonly string[])[]): string =>
  rows.map(row => `${row.map(field).join(',')}\n`).join('')

type Leaf = readonly [path: string, value: string]

function leaves(value: unknown, path = ''): Leaf[] {
  if (value === null || value === undefined) return [[path, '']]
  if (typeof value !== 'object') return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key))
}

const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
