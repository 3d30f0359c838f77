import type {Duration} from '../../engine/time.ts'

/** What a store counts of the commands that it answers. */
export class StoreTally {
  /** Reads that were answered with a value that was no longer the newest. */
  staleReads = 0
  /** Answers READONLY and NOREPLICAS, of which one command may have several. */
  readOnly = 0
  noReplicas = 0
  /** How long those writes took that had to wait or to be asked for again. */
  readonly delays: Duration[] = []
}
