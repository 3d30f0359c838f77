import type {Time} from '../../../sim/engine/time.ts'
import type {ActorId} from '../../../sim/net/events.ts'
import {firstAfter} from '../../../sim/trace/ledger.ts'

/** A number for each actor that changes at certain instants, to be noted in their order. */
export class Steps {
  readonly #first: number
  readonly #at = new Map<ActorId, Time[]>()
  readonly #value = new Map<ActorId, number[]>()

  /** Before anything is noted of an actor it has the number `first`. */
  constructor(first: number) {
    this.#first = first
  }

  note(actor: ActorId, at: Time, value: number): void {
    if (!this.#at.has(actor)) {
      this.#at.set(actor, [])
      this.#value.set(actor, [])
    }
    this.#at.get(actor)!.push(at)
    this.#value.get(actor)!.push(value)
  }

  /** What was noted last. */
  last(actor: ActorId): number {
    return this.#value.get(actor)?.at(-1) ?? this.#first
  }

  /** What holds at an instant. */
  value(actor: ActorId, time: Time): number {
    const at = this.#at.get(actor)
    const place = at === undefined ? -1 : firstAfter(at, time, 0, at.length) - 1
    return place < 0 ? this.#first : this.#value.get(actor)![place]!
  }
}
