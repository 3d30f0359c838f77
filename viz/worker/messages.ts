import type {Report} from '../../sim/metrics/report.ts'
import type {ScenarioError} from '../../sim/scenario/error.ts'
import type {Recording} from '../recording/recording.ts'
import type {Outline} from './outline.ts'

/** A scenario as it was asked for: its text, and what is set over it as `path=value`. */
export interface Source {
  /** What it is called: of a shipped one its name, of a file its name without the ending. */
  readonly name: string
  /** Left out of a shipped scenario that nobody has changed. */
  readonly text?: string
  /** Texts of files that the text names, by their paths. */
  readonly files?: Readonly<Record<string, string>>
  readonly sets: readonly string[]
}

/** One run: the scenario's own seed and strategies, if it does not say otherwise. */
export interface Play {
  readonly source: Source
  readonly seed?: number
  readonly replace?: string
}

/** What the page asks of a worker. */
export type Question =
  | {readonly kind: 'outline'; readonly source: Source}
  /** As somebody wrote it, to be shown and changed. */
  | {readonly kind: 'text'; readonly source: Source}
  | ({readonly kind: 'run'} & Play)
  /** The same without a recording, which takes less time. */
  | ({readonly kind: 'report'} & Play)
  | {readonly kind: 'open'; readonly file: Blob}

/** What it answers: progress any number of times, then one of the others. */
export type Answer =
  | {readonly kind: 'progress'; readonly done: number}
  | {readonly kind: 'outline'; readonly outline: Outline}
  | {readonly kind: 'text'; readonly text: string}
  /** Of a trace without a report, but with what its strategies do, as far as that is known. */
  | {readonly kind: 'run'; readonly recording: Recording; readonly report?: Report; readonly summary?: string}
  | {readonly kind: 'report'; readonly report: Report}
  /** The user's mistake: what is wrong in the scenario. */
  | {readonly kind: 'wrong'; readonly errors: readonly ScenarioError[]}
  /** A file that cannot be opened, a strategy that failed, or our own mistake: a sentence. */
  | {readonly kind: 'failed'; readonly message: string}
