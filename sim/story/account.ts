import type {Time} from '../engine/time.ts'
import type {Cause, Outcome} from '../net/events.ts'
import type {Ledger} from '../trace/ledger.ts'
import type {Trace} from '../trace/trace.ts'

/** As much of a run as its stories are made of; a trace has it, whatever its columns are kept in. */
export interface Account extends Pick<Trace, 'actors' | 'workloads' | 'strategies'> {
  readonly outcomes: readonly Outcome[]
  readonly causes: readonly Cause[]
  /** Everything that did not complete, or some of it, in order of `at`. */
  readonly disruptions: Columns<'at' | 'workload' | 'client' | 'process' | 'outcome' | 'cause' | 'took'>
  /** Requests and connections of some clients. */
  readonly lives: Columns<'workload' | 'client' | 'process' | 'from' | 'to' | 'outcome'>
}

type Columns<Name extends string> = Readonly<Record<Name, ArrayLike<number>>>

/** One thing that happened on the way to an end. */
export interface Step {
  readonly at: Time
  readonly text: string
}

/** An account with its events one by one. */
export interface Told<A extends Account = Account> {
  /** What one of its clients saw itself, where somebody followed it. */
  readonly seen?: readonly Step[]
  readonly recording: A
  readonly ledger: Ledger
}
