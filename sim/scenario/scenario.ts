import type {Distribution} from '../engine/distributions.ts'
import type {Time} from '../engine/time.ts'
import type {WorldOptions} from '../net/options.ts'

/** A scenario file after parsing: checked, with every default in place. */
export interface Scenario {
  /** What `run NAME` calls it: the file's name without its ending. */
  readonly name: string
  readonly title: string
  readonly question: string
  readonly seed: number
  readonly world: WorldOptions
  readonly releases: readonly ReleasePlan[]
  readonly expect: readonly Expectation[]
}

/** How one tier is released. */
export interface ReleasePlan {
  readonly tier: string
  /** The name of a strategy. */
  readonly strategy: string
  readonly at: Time
  /** When the operator calls it off, if they do and it is not over by then; later than `at`. */
  readonly halt?: Time
  /** What the file sets, already in microseconds, fractions and counts; the strategy's defaults fill the rest. */
  readonly options: Readonly<Record<string, OptionValue>>
}
export type OptionValue = number | string | boolean | Distribution

/** What a number of the report should be. */
export interface Expectation {
  /** A path in the report, as `traffic.web.refused`. */
  readonly path: string
  /** Only when this strategy replaces the released one; otherwise only for the run as the file describes it. */
  readonly under?: string
  readonly is?: number | string | null
  /** Relative tolerance of `is`. */
  readonly within?: number
  readonly atLeast?: number
  readonly atMost?: number
  /** Where it stands in the file, for the message when it is not met. */
  readonly line: number
}
