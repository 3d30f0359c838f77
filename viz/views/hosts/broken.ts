import type {Time} from '../../../sim/engine/time.ts'
import type {ActorId} from '../../../sim/net/events.ts'
import {firstAfter} from '../../../sim/trace/ledger.ts'
import type {Recording} from '../../recording/recording.ts'

/** What broke before any host had accepted it. */
export const nobody = -1

/** Disruptions apart by the hosts that had accepted what broke, each host's in order of time. */
export class BrokenByHost {
  readonly #first: Int32Array
  readonly #at: Float64Array
  readonly #family: Uint8Array

  constructor({actors, disruptions}: Pick<Recording, 'actors' | 'disruptions'>) {
    const {process, at, family} = disruptions
    const hostOf = (row: number) => (process[row]! < 0 ? nobody : (actors[process[row]!]!.of ?? nobody))
    const sizes = new Int32Array(actors.length + 2)
    process.forEach((_, row) => void sizes[hostOf(row) + 2]!++)
    for (let i = 1; i < sizes.length; i++) sizes[i]! += sizes[i - 1]!
    this.#first = sizes.slice()
    this.#at = new Float64Array(at.length)
    this.#family = new Uint8Array(at.length)
    process.forEach((_, row) => {
      const place = sizes[hostOf(row) + 1]!++
      this.#at[place] = at[row]!
      this.#family[place] = family[row]!
    })
  }

  /** After `from` and up to `to`. */
  count(host: ActorId, from: Time, to: Time): number {
    const [first, end] = this.#places(host, from, to)
    return end - first
  }

  each(host: ActorId, from: Time, to: Time, visit: (at: Time, family: number) => void): void {
    const [first, end] = this.#places(host, from, to)
    for (let i = first; i < end; i++) visit(this.#at[i]!, this.#family[i]!)
  }

  #places(host: ActorId, from: Time, to: Time): readonly [number, number] {
    const [low, high] = [this.#first[host + 1]!, this.#first[host + 2]!]
    const first = firstAfter(this.#at, from, low, high)
    return [first, Math.max(first, firstAfter(this.#at, to, low, high))]
  }
}
