import type {Time} from '../engine/time.ts'
import type {TrafficReport} from '../metrics/report.ts'
import type {ActorId, Cause, ControlEvent, Outcome} from '../net/events.ts'

/** What a trace file holds; docs/trace.md tells its readers. New fields may come; what is here stays as it is. */
export interface Trace {
  readonly $schema: 'restart-trace/1'
  /** name@version of the program that wrote it. */
  readonly exporter: string
  readonly scenario: string
  /** What the scenario is called, and what it asks; a trace of before may have neither. */
  readonly title?: string
  readonly question?: string
  readonly seed: number
  readonly strategies: Readonly<Record<string, string>>
  /** Of every time below. */
  readonly unit: 'us'
  readonly end: Time
  readonly actors: readonly {readonly name: string; readonly kind: string; readonly of?: ActorId}[]
  readonly workloads: readonly {readonly name: string; readonly kind: string}[]
  /** What the numbers in the columns `outcome` and `cause` mean. */
  readonly outcomes: readonly Outcome[]
  readonly causes: readonly Cause[]
  /** In full; `at` never decreases. Hosts, processes and balancers are indices of `actors`. */
  readonly events: readonly (ControlEvent & {readonly at: Time})[]
  /** Everything that did not complete, up to the cap; `total` says how many there were. */
  readonly disruptions: Disruptions
  /** Requests and connections of a sample of clients, the same ones under every strategy. */
  readonly connections: Sample
  /** One value for each bucket of `width`, the first beginning at 0. */
  readonly series: {readonly width: Time; readonly columns: Readonly<Record<string, readonly number[]>>}
  readonly totals: Readonly<Record<string, TrafficReport>>
}

export interface Disruptions {
  readonly total: number
  readonly cap: number
  readonly at: readonly Time[]
  readonly workload: readonly number[]
  readonly client: readonly number[]
  /** Index of `actors`; -1 when no process had accepted it. */
  readonly process: readonly ActorId[]
  readonly outcome: readonly number[]
  readonly cause: readonly number[]
  /** Since it was started, to the moment at which the client knew. */
  readonly took: readonly Time[]
}

export interface Sample {
  /** Of each workload, one client in this many, chosen by a hash of its number. */
  readonly oneIn: readonly number[]
  readonly cap: number
  readonly total: number
  readonly workload: readonly number[]
  readonly client: readonly number[]
  /** Index of `actors`; -1 when no process had accepted it. */
  readonly process: readonly ActorId[]
  readonly from: readonly Time[]
  /** `end` of the trace for what is still open then. */
  readonly to: readonly Time[]
  /** Index of `outcomes`; -1 while open. */
  readonly outcome: readonly number[]
}
