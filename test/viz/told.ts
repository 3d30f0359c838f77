import type {Cause} from '../../sim/net/events.ts'
import {run} from '../../sim/run.ts'
import type {RunOptions} from '../../sim/simulate.ts'
import {becauseOf} from '../../sim/story/because.ts'
import {Ledger} from '../../sim/trace/ledger.ts'
import type {Trace} from '../../sim/trace/trace.ts'
import {recordingOf, type ToldRecording as Told} from '../../viz/recording/recording.ts'
import {type Play, scenario} from '../harness.ts'
import {bare} from '../trace/traced.ts'

export function toldOf(trace: Trace): Told {
  const recording = recordingOf(trace)
  return {recording, ledger: new Ledger(recording.ledger)}
}

export const played = (it: Play, options: RunOptions = {}): Told =>
  toldOf(run(scenario(it), {...options, trace: true}).trace!)

/** The rows of disruptions with a cause. */
export function rowsOf({recording}: Told, cause: Cause): number[] {
  const index = recording.causes.indexOf(cause)
  return Array.from(recording.disruptions.cause.keys()).filter(row => recording.disruptions.cause[row] === index)
}

/** The story of the first disruption with a cause, a line for each step: `10.000 the release of edge begins`. */
export function toldBy(told: Told, cause: Cause): string[] {
  const [row] = rowsOf(told, cause)
  if (row === undefined) throw new Error(`nothing ended with ${cause}`)
  return becauseOf(told, row).steps.map(({at, text}) => `${(at / 1e6).toFixed(3)} ${text}`)
}

type Row = readonly [at: number, cause: number, process?: number, client?: number]

/** A recording of the bare trace with these events and disruptions. */
export const bareWith = (events: Trace['events'], rows: readonly Row[], end = 100): Told =>
  toldOf({
    ...bare,
    end,
    events,
    disruptions: {
      total: rows.length,
      cap: 99,
      at: rows.map(([at]) => at),
      workload: rows.map(() => 0),
      client: rows.map(row => row[3] ?? 0),
      process: rows.map(row => row[2] ?? -1),
      outcome: rows.map(() => 1),
      cause: rows.map(row => row[1]),
      took: rows.map(() => 5),
    },
  })
