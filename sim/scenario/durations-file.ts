import type {Duration} from '../engine/time.ts'
import {quoted} from './error.ts'
import {longest} from './quantity.ts'
import {parseDuration} from './units.ts'

/** A header that ends in one of these says the unit of bare numbers below it: `duration_ms`, `life (s)`. */
const headerUnit = /[_ ([](us|ms|s|m|h|d)[)\]]?$/
const mostValues = 1_000_000

/**
 * The durations of a CSV file: one a line, or the first column of several, with or without a header. A bare number needs
 * a header that names its unit. Text says what is wrong with the file.
 */
export function readDurations(csv: string): readonly Duration[] | string {
  const lines = csv.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const cells = lines.map(line => firstCell(line))
  const first = cells.findIndex(cell => cell !== '')
  const header = isHeader(cells[first] ?? '') ? cells[first]! : undefined
  const unit = header === undefined ? '' : (headerUnit.exec(header)?.[1] ?? '')
  const values: Duration[] = []
  for (const [i, cell] of cells.entries()) {
    if (cell === '' || (header !== undefined && i === first)) continue
    const value = parseDuration(/^[\d.]+$/.test(cell) ? cell + unit : cell)
    if (value === undefined || value > longest) return `line ${i + 1} has ${quoted(cell)}`
    values.push(value)
  }
  return verdict(values)
}

function verdict(values: readonly Duration[]): readonly Duration[] | string {
  if (values.length === 0) return 'it holds none'
  if (values.length > mostValues) return `it holds more than ${mostValues}`
  return values.some(value => value > 0) ? values : 'all of them are 0'
}

const firstCell = (line: string): string =>
  line
    .split(/[,;\t]/, 1)[0]!
    .trim()
    .replace(/^"(.*)"$/, '$1')
const isHeader = (cell: string): boolean => !/^[\d.]/.test(cell)

/** Whether a path leads to a file beside the scenario or below it, whatever the operating system. */
export const isBeside = (path: string): boolean =>
  path.length > 0 &&
  path.length <= 200 &&
  !/^[/\\]|^[A-Za-z]:|\p{Cc}/u.test(path) &&
  !path.split(/[/\\]/).some(part => part === '..')
