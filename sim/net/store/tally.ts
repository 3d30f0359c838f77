import type {Duration, Time} from '../../engine/time.ts'

/** What a store counts of the commands that it answers. */
export class StoreTally {
  /** Reads that were answered with a value that was no longer the newest. */
  staleReads = 0
  /** Answers READONLY and NOREPLICAS, of which one command may have several. */
  readOnly = 0
  noReplicas = 0
  /** How long those writes took that had to wait or to be asked for again. */
  readonly delays: Duration[] = []
  private vacancies: Duration = 0
  private vacantSince: Time | undefined

  /** The name leads to a primary that answers, or no longer does. */
  primaryIs(here: boolean, now: Time): void {
    if (here) {
      this.vacancies = this.withoutPrimary(now)
      this.vacantSince = undefined
    } else this.vacantSince ??= now
  }

  withoutPrimary(now: Time): Duration {
    return this.vacancies + (this.vacantSince === undefined ? 0 : now - this.vacantSince)
  }
}
