import type {Time} from '../../sim/engine/time.ts'
import type {Cause, Outcome} from '../../sim/net/events.ts'
import type {Told} from '../../sim/story/account.ts'
import {type LedgerColumns, ledgerOf} from '../../sim/trace/ledger.ts'
import type {Trace} from '../../sim/trace/trace.ts'
import {familyOf} from './family.ts'
import {type Histories, historiesOf} from './histories.ts'

/**
 * A trace as the page reads it. Whatever there are many of lies in typed arrays, which cross from the worker without
 * being copied; all times are microseconds.
 */
export interface Recording extends Pick<Trace, Unchanged> {
  readonly actors: Trace['actors']
  readonly workloads: Trace['workloads']
  readonly outcomes: readonly Outcome[]
  readonly causes: readonly Cause[]
  readonly ledger: LedgerColumns
  readonly histories: Histories
  readonly disruptions: DisruptionColumns
  readonly lives: LifeColumns
  readonly series: {readonly width: Time; readonly columns: Readonly<Record<string, Float64Array>>}
}

/** A recording with its events one by one. */
export type ToldRecording = Told<Recording>

/** What is as in the trace. */
type Unchanged = 'scenario' | 'title' | 'question' | 'seed' | 'strategies' | 'end' | 'exporter' | 'totals'

/** Everything that did not complete, in order of `at`, up to the cap of the trace. */
export interface DisruptionColumns {
  readonly total: number
  readonly cap: number
  readonly at: Float64Array
  readonly workload: Uint16Array
  readonly client: Float64Array
  /** -1: no process had accepted it. */
  readonly process: Int32Array
  /** Indices of the recording's `outcomes` and `causes`, and of `families`. */
  readonly outcome: Uint8Array
  readonly cause: Uint8Array
  readonly family: Uint8Array
  readonly took: Float64Array
}

/** Requests and connections of a sample of clients. */
export interface LifeColumns {
  readonly oneIn: readonly number[]
  readonly total: number
  readonly cap: number
  readonly workload: Uint16Array
  readonly client: Float64Array
  readonly process: Int32Array
  readonly from: Float64Array
  readonly to: Float64Array
  /** -1 while open. */
  readonly outcome: Int8Array
}

export function recordingOf(trace: Trace): Recording {
  const {scenario, title, question, seed, strategies, end, exporter, totals} = trace
  const {actors, workloads, outcomes, causes} = trace
  const {width, columns} = trace.series
  return {
    ...{scenario, seed, strategies, end, exporter, totals, actors, workloads, outcomes, causes},
    ...(title !== undefined && {title}),
    ...(question !== undefined && {question}),
    ledger: ledgerOf(trace.events),
    histories: historiesOf(trace),
    disruptions: disruptionsOf(trace),
    lives: livesOf(trace),
    series: {
      width,
      columns: Object.fromEntries(
        Object.entries(columns).map(([name, values]) => [name, columnOf(Float64Array, values)]),
      ),
    },
  }
}

function disruptionsOf({disruptions, outcomes, causes}: Trace): DisruptionColumns {
  const {total, cap, at, workload, client, process, outcome, cause, took} = disruptions
  return {
    total,
    cap,
    at: columnOf(Float64Array, at),
    workload: columnOf(Uint16Array, workload),
    client: columnOf(Float64Array, client),
    process: columnOf(Int32Array, process),
    outcome: columnOf(Uint8Array, outcome),
    cause: columnOf(Uint8Array, cause),
    family: familiesOf(disruptions, outcomes, causes),
    took: columnOf(Float64Array, took),
  }
}

/** Of what ends in some way for some reason the family is always the same: it is looked up, and not found out a million times. */
function familiesOf({outcome, cause}: Trace['disruptions'], outcomes: readonly Outcome[], causes: readonly Cause[]) {
  const family = outcomes.map(its => causes.map(reason => familyOf(its, reason)))
  const column = new Uint8Array(outcome.length)
  for (let i = 0; i < column.length; i++) column[i] = family[outcome[i]!]![cause[i]!]!
  return column
}

function livesOf({connections}: Trace): LifeColumns {
  const {oneIn, total, cap, workload, client, process, from, to, outcome} = connections
  return {
    ...{oneIn, total, cap},
    workload: columnOf(Uint16Array, workload),
    client: columnOf(Float64Array, client),
    process: columnOf(Int32Array, process),
    from: columnOf(Float64Array, from),
    to: columnOf(Float64Array, to),
    outcome: columnOf(Int8Array, outcome),
  }
}

/** The memory of all its arrays, to be handed over instead of copied. */
export function buffersOf(recording: Recording): ArrayBuffer[] {
  const {ledger, histories, disruptions, lives, series} = recording
  const tables = [ledger, histories, disruptions, lives, series.columns].flatMap(table => Object.values(table))
  return tables.filter(column => ArrayBuffer.isView(column)).map(column => column.buffer as ArrayBuffer)
}

/** The values in an array of that type. To make it and then set it takes a twentieth of what `new Type(values)` takes. */
function columnOf<T extends {set(values: readonly number[]): void}>(
  Type: new (length: number) => T,
  values: readonly number[],
): T {
  const column = new Type(values.length)
  column.set(values)
  return column
}
