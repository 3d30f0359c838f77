import type {Replicated} from '../../sim/experiment/comparison.ts'
import {resultOf} from '../../sim/experiment/row.ts'
import {reportOf} from '../cli/reports.ts'

/** A way with one plausible result for each of these. */
export const way = (strategy: string, ...numbers: readonly Parameters<typeof reportOf>[0][]): Replicated => ({
  strategy,
  results: numbers.map(it => resultOf(reportOf(it))),
})
