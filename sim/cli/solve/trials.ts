import {toSeconds} from '../../engine/time.ts'
import type {QuantityKind} from '../../experiment/quantity.ts'
import {isFailure, numberIn, type Result} from '../../experiment/row.ts'
import type {Tried} from '../../experiment/solve.ts'
import {judge, type Target} from '../../experiment/target.ts'
import {formatDuration} from '../../scenario/units.ts'
import {inWords} from '../../words/figures.ts'
import type {Pool} from '../pool/pool.ts'
import {thrown} from '../pool/results.ts'
import {rows} from '../pool/rows.ts'
import type {StatusLine} from '../progress.ts'
import type {Simulation, Wanted} from '../simulation.ts'

export interface TrialOptions {
  readonly param: string
  readonly kind: QuantityKind
  readonly targets: readonly Target[]
  readonly replications: number
  readonly confidence: number
  /** Somebody has said how long runs are to be. */
  readonly isEndFixed: boolean
}

/** A release did not come to its end in a run: all runs have to be longer. */
export class TooShort extends Error {}

/** Who is asked for runs, and who is told how far they are. */
export interface Means {
  readonly simulation: Simulation
  /** The strategy in the place of the scenario's own. */
  readonly wanted: Wanted | undefined
  readonly pool: Pool
  readonly line: StatusLine
}

/** The runs of values of one parameter, all with the same seeds and of the same length. */
export class Trials {
  /** By value, in the order of seeds. */
  readonly results = new Map<number, readonly Result[]>()
  /** Microseconds that each run lasts. */
  readonly end: number
  readonly #means: Means
  readonly #options: TrialOptions

  constructor(means: Means, options: TrialOptions, end: number) {
    this.#means = means
    this.#options = options
    this.end = end
  }

  /**
   * Makes the runs of some values and judges them. Throws `TooShort` if a release does not come to its end and runs may be
   * longer, and what is wrong with a run that fails for any other reason than its value.
   */
  async attempt(values: readonly number[]): Promise<Tried[]> {
    const refusals = await this.#probe(values)
    const fine = values.filter(value => !refusals.has(value))
    await this.#replicate(fine)
    return values.map(value => {
      const refused = refusals.get(value)
      return refused === undefined ? {value, judged: this.#judged(value)} : {value, judged: [], refused}
    })
  }

  /** One run of each, which tells what the scenario cannot have, and whether runs are long enough. */
  async #probe(values: readonly number[]): Promise<Map<number, string>> {
    const cells = new Map(values.map(value => [this.#cell(value, 0), value]))
    const refusals = new Map<number, string>()
    for await (const [cell, row] of rows(cells.keys(), this.#means.pool)) {
      const value = cells.get(cell)!
      this.#tell(value)
      if (!isFailure(row)) this.results.set(value, [row])
      else if (row.blame === 'scenario') refusals.set(value, row.error)
      else throw thrown(cell, row)
      if (isFailure(row) || !this.#isUnfinished(row)) continue
      if (!this.#options.isEndFixed) throw new TooShort()
      refusals.set(value, `its release does not come to its end in ${inWords(toSeconds(this.end))}`)
    }
    return refusals
  }

  async #replicate(values: readonly number[]): Promise<void> {
    const places = Array.from({length: this.#options.replications - 1}, (_, i) => i + 1)
    const cells = new Map(values.flatMap(value => places.map(place => [this.#cell(value, place), {value, place}])))
    const found = new Map(values.map(value => [value, [...this.results.get(value)!]]))
    for await (const [cell, row] of rows(cells.keys(), this.#means.pool)) {
      const {value, place} = cells.get(cell)!
      this.#tell(value)
      if (isFailure(row)) throw thrown(cell, row)
      found.get(value)![place] = row
    }
    for (const [value, results] of found) this.results.set(value, results)
  }

  #judged(value: number): Tried['judged'] {
    const {targets, confidence} = this.#options
    const results = this.results.get(value)!
    return targets.map(target => {
      const values = results.map(result => numberIn(result, target.measure.name) ?? null)
      return judge(target, values, confidence)
    })
  }

  #cell(value: number, place: number) {
    const {simulation, wanted} = this.#means
    const {param, kind} = this.#options
    const long = this.end === simulation.scenario.world.end ? [] : [`end=${formatDuration(this.end)}`]
    return simulation.cell(wanted, simulation.seed + place, [...long, `${param}=${kind.format(value)}`])
  }

  #isUnfinished({numbers}: Result): boolean {
    return this.#means.simulation.scenario.releases.length > 0 && numbers['release.duration'] === null
  }

  #tell(value: number): void {
    const {param, kind} = this.#options
    this.#means.line.show(() => `${this.results.size} values tried · ${param}=${kind.format(value)}`)
  }
}
