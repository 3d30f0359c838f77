import type {Report} from '../metrics/report.ts'
import {reportRoots} from '../scenario/report-paths.ts'
import {measureGroups} from '../words/measures.ts'

/** What came of a cell, as plain data. */
export type Row = Result | Failure

export interface Result {
  /** The numbers of the report by their paths, in its order, and after them the measures of a comparison by their names. */
  readonly numbers: Readonly<Record<string, number | null>>
  /** Tier → strategy. */
  readonly strategies: Readonly<Record<string, string>>
  readonly warnings: readonly string[]
}

/** A run that came to nothing. */
export interface Failure {
  /** What was wrong, as its user is told. */
  readonly error: string
  /** Whose mistake it is. */
  readonly blame: 'scenario' | 'strategy' | 'zdr'
  /** The command line that meets it again. */
  readonly repeat: string
}

export const isFailure = (row: Row): row is Failure => 'error' in row

export const resultOf = (report: Report): Result => ({
  numbers: Object.fromEntries([...reportRoots.flatMap(root => leaves(report, root)), ...measured(report)]),
  strategies: report.strategies,
  warnings: report.warnings,
})

/** The number of a path or measure; null where it had not come to that, undefined where there is nothing of that name. */
export function numberIn({numbers}: Result, name: string): number | null | undefined {
  if (Object.hasOwn(numbers, name)) return numbers[name]
  // A report names only the causes that there were.
  return /^traffic\.[^.]+\.causes\./.test(name) ? 0 : undefined
}

type Leaf = readonly [path: string, value: number | null]

const leaves = (report: Report, root: string): Leaf[] => below(report[root as keyof Report], root)

function below(value: unknown, path: string): Leaf[] {
  if (typeof value === 'number' || value === null) return [[path, value]]
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([step, inner]) => below(inner, `${path}.${step}`))
}

const measured = (report: Report): Leaf[] =>
  measureGroups(Object.keys(report.traffic)).flatMap(({measures}) =>
    measures.map(({name, figure}): Leaf => [name, figure(report)]),
  )
