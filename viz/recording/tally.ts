import type {Time} from '../../sim/engine/time.ts'
import {firstAfter} from '../../sim/trace/ledger.ts'
import {families} from './family.ts'
import type {Recording} from './recording.ts'

/** Disruptions in order of time, apart by their causes: how many there were in any stretch of time is two bisections. */
export class Tally {
  /** Cause → family; -1 of causes that did not occur. */
  readonly familyOfCause: Int8Array
  readonly #byCause: readonly Float64Array[]
  readonly #byFamily: readonly Float64Array[]
  readonly #all: Float64Array

  constructor({disruptions, causes}: Pick<Recording, 'disruptions' | 'causes'>) {
    const {at, cause, family} = disruptions
    this.#all = at
    this.#byCause = parted(at, cause, causes.length)
    this.#byFamily = parted(at, family, families.length)
    this.familyOfCause = new Int8Array(causes.length).fill(-1)
    for (let i = 0; i < cause.length; i++) this.familyOfCause[cause[i]!] = family[i]!
  }

  /** After `from` and up to `to`: of all, of one family or of one cause. */
  count(from: Time, to: Time): number {
    return within(this.#all, from, to)
  }
  ofFamily(family: number, from: Time, to: Time): number {
    return within(this.#byFamily[family]!, from, to)
  }
  ofCause(cause: number, from: Time, to: Time): number {
    return within(this.#byCause[cause]!, from, to)
  }

  /** When disruptions of a family happened, rising. */
  times(family: number): Float64Array {
    return this.#byFamily[family]!
  }
}

const within = (times: Float64Array, from: Time, to: Time): number =>
  Math.max(0, firstAfter(times, to) - firstAfter(times, from))

/** The times of each of so many parts, in their order. */
function parted(at: Float64Array, part: Uint8Array, parts: number): Float64Array[] {
  const sizes = new Int32Array(parts)
  for (const it of part) sizes[it]!++
  const columns = Array.from(sizes, size => new Float64Array(size))
  const filled = new Int32Array(parts)
  for (let i = 0; i < part.length; i++) {
    const its = part[i]!
    columns[its]![filled[its]!++] = at[i]!
  }
  return columns
}
