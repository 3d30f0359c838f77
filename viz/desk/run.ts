import type {Way} from '../../sim/comparison.ts'
import type {Time} from '../../sim/engine/time.ts'
import type {Report} from '../../sim/metrics/report.ts'
import {Ledger} from '../../sim/trace/ledger.ts'
import type {Recording} from '../recording/recording.ts'
import {Tally} from '../recording/tally.ts'

/** One of the ways that are compared, with what was changed for it alone: a fork of another changes its future. */
export interface Lane extends Way {
  /** As `path=value`, over those of the scenario. */
  readonly sets: readonly string[]
  /** The instant from which on it differs from what it was forked from. */
  readonly forkedAt?: Time
  /** The name of the file that it was read from. */
  readonly file?: string
  /** What its strategies do, where no outline tells. */
  readonly summary?: string
}

/** A lane and what has become of it. */
export type Run = {readonly lane: Lane} & (
  | {readonly state: 'running'; readonly done: number}
  | {readonly state: 'failed'; readonly message: string}
  | Ready
)
export interface Ready {
  readonly state: 'ready'
  readonly recording: Recording
  readonly ledger: Ledger
  readonly tally: Tally
  /** Not there when all there is, is a trace. */
  readonly report?: Report
}
export type ReadyRun = Ready & {readonly lane: Lane}

export const isReady = (run: Run): run is ReadyRun => run.state === 'ready'

export const ready = (lane: Lane, recording: Recording, report: Report | undefined): ReadyRun => ({
  lane,
  state: 'ready',
  recording,
  ledger: new Ledger(recording.ledger),
  tally: new Tally(recording),
  ...(report && {report}),
})

/** The lane of a trace from a file: called by its strategies, and by the file if it has none, or another is called so. */
export function laneOf(file: string, {strategies}: Pick<Recording, 'strategies'>, others: readonly Run[]): Lane {
  const title = titleOf(file)
  const name = [...new Set(Object.values(strategies))].join(' + ')
  const isTaken = others.some(({lane}) => lane.label === name)
  return {
    label: name === '' ? title : isTaken ? `${name}, ${title}` : name,
    sets: [],
    file: file.slice(file.lastIndexOf('/') + 1),
  }
}

/** The name of a file without its folder and what says its kind. */
export const titleOf = (path: string): string =>
  path.slice(path.lastIndexOf('/') + 1).replace(/\.(ya?ml|json(\.gz)?)$/, '')

/** A to D: how a run is called where there is no room for its label. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index)
