import {toSeconds} from '../../engine/time.ts'
import type {Quantity} from '../../experiment/quantity.ts'
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
  readonly kind: Quantity
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
    const places = Array.from({length: this.#options.replications}, (_, i) => i)
    const refusals = new Map<number, string>()
    // Further out, one run of each tells what the scenario cannot have, and whether runs are long enough.
    const further = values.filter(value => !this.#isBetween(value))
    await this.#run(cross(further, [0]), refusals)
    const fine = further.filter(value => !refusals.has(value))
    const within = values.filter(value => !further.includes(value))
    await this.#run([...cross(within, places), ...cross(fine, places.slice(1))], refusals)
    return values.map(value => {
      const refused = refusals.get(value)
      return refused === undefined ? {value, judged: this.#judged(value)} : {value, judged: [], refused}
    })
  }

  #isBetween(value: number): boolean {
    const known = [...this.results.keys()]
    return known.some(it => it < value) && known.some(it => it > value)
  }

  async #run(places: readonly Place[], refusals: Map<number, string>): Promise<void> {
    const cells = new Map(places.map(place => [this.#cell(place), place]))
    for await (const [cell, row] of rows(cells.keys(), this.#means.pool)) {
      const {value, replication} = cells.get(cell)!
      this.#means.line.show(() => this.#progress(value))
      if (isFailure(row) && row.blame !== 'scenario') throw thrown(cell, row)
      const refused = isFailure(row) ? row.error : this.#lengthProblem(row)
      if (refused !== undefined) refusals.set(value, refused)
      if (isFailure(row) || refused !== undefined) continue
      const results = [...(this.results.get(value) ?? [])]
      results[replication] = row
      this.results.set(value, results)
    }
  }

  #lengthProblem({numbers}: Result): string | undefined {
    const {simulation} = this.#means
    if (simulation.scenario.releases.length === 0 || numbers['release.duration'] !== null) return undefined
    if (!this.#options.isEndFixed) throw new TooShort()
    return `its release does not come to its end in ${inWords(toSeconds(this.end))}`
  }

  #judged(value: number): Tried['judged'] {
    const {targets, confidence} = this.#options
    const results = this.results.get(value)!
    return targets.map(target => {
      const values = results.map(result => numberIn(result, target.measure.name) ?? null)
      return judge(target, values, confidence)
    })
  }

  #cell({value, replication}: Place) {
    const {simulation, wanted} = this.#means
    const long = this.end === simulation.scenario.world.end ? [] : [`end=${formatDuration(this.end)}`]
    return simulation.cell(wanted, simulation.seed + replication, [...long, this.#assignment(value)])
  }

  #progress = (value: number): string => `${this.results.size} values tried · ${this.#assignment(value)}`

  #assignment = (value: number): string => `${this.#options.param}=${this.#options.kind.format(value)}`
}

/** A run: of a value, with the seed of a replication. */
interface Place {
  readonly value: number
  readonly replication: number
}

const cross = (values: readonly number[], replications: readonly number[]): Place[] =>
  values.flatMap(value => replications.map(replication => ({value, replication})))
