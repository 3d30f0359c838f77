import type {Cause, Outcome} from '../events.ts'
import type {AppHost} from './app-host.ts'

/** What an application host asks of a node: a read, or a write of one key. */
export interface Command {
  readonly app: AppHost
  readonly writes: boolean
  readonly key: number
  /** The same however often it is asked for. */
  readonly number: number
  /** The node does not come to it at once. */
  waits(): void
  /** A write was executed. */
  executed(serial: number): void
  /** A read was answered, perhaps with what is no longer so. */
  answered(isStale: boolean): void
  fails(outcome: Outcome, cause: Cause): void
  /** Its application host goes to another node with it. */
  asksAgain(): void
}
