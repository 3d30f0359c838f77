import type {Report} from './metrics/report.ts'
import {allParts} from './net/all-parts.ts'
import type {Scenario} from './scenario/scenario.ts'
import {type RunOptions, simulate} from './simulate.ts'
import type {Trace} from './trace/trace.ts'

/**
 * One run of one scenario. The same scenario, strategy and seed give the same report and trace, byte for byte.
 *
 * Throws `StrategyFailure` when a strategy's own code fails, and `Bug` with time and seed for anything else.
 */
export const run = (scenario: Scenario, options: RunOptions = {}): {report: Report; trace?: Trace} =>
  simulate(scenario, options, allParts)
