import type {Duration, Time} from '../engine/time.ts'
import type {ActorId, ControlEvent} from '../net/events.ts'
import type {Store} from '../net/store/store.ts'
import type {Column} from './series.ts'

/**
 * How many nodes of a store would take a write, on average over each bucket: less than 1 where there was none for a while,
 * more where there were two.
 */
export class WritersSeries {
  private readonly store: Store
  private readonly column: Column
  private readonly width: Duration
  private readonly writers = new Set<ActorId>()
  private since: Time = 0

  constructor(store: Store, column: Column, width: Duration) {
    this.store = store
    this.column = column
    this.width = width
  }

  add(at: Time, event: ControlEvent): void {
    if (event.kind !== 'role' || !this.store.nodes.some(({host}) => host.actor === event.host)) return
    this.holdUntil(at)
    if (event.writes) this.writers.add(event.host)
    else this.writers.delete(event.host)
  }

  /** Nothing changes before `at`. */
  holdUntil(at: Time): void {
    while (this.since < at) {
      const next = Math.min(at, (Math.floor(this.since / this.width) + 1) * this.width)
      this.column.add(this.since, (this.writers.size * (next - this.since)) / this.width)
      this.since = next
    }
  }
}
