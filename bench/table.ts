import type {Result} from './result.ts'

const header = ['case', 'ours', 'reference', 'ratio', 'spread', 'bar', '']

/** The results as aligned columns: rates in millions of operations per second, the ratio with its least and greatest. */
export function table(results: readonly Result[]): string {
  const lines = [header, ...results.map(line)]
  const widths = header.map((_, i) => Math.max(...lines.map(cells => cells[i]!.length)))
  return lines.map(cells => cells.map((cell, i) => pad(cell, widths[i]!, i)).join('  ')).join('\n')
}

function line({name, ours, reference, ratio, bar}: Result): string[] {
  const spread = ratio ? `${ratio.least.toFixed(2)}-${ratio.greatest.toFixed(2)}` : ''
  const met = ratio && bar !== undefined ? (ratio.median >= bar ? 'met' : 'NOT MET') : ''
  return [
    name,
    millions(ours.median),
    reference ? millions(reference.median) : '-',
    ratio ? ratio.median.toFixed(2) : '-',
    spread,
    bar === undefined ? '' : `>= ${bar.toFixed(1)}`,
    met,
  ]
}

const millions = (rate: number): string => `${(rate / 1e6).toFixed(2)} M/s`

/** Names and verdicts to the left, numbers to the right. */
const pad = (cell: string, width: number, column: number): string =>
  column === 0 || column === 6 ? cell.padEnd(width) : cell.padStart(width)
