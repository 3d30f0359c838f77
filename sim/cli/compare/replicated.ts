import type {Replicated} from '../../experiment/comparison.ts'
import {asWritten} from '../../words/as-written.ts'
import {resultsOf} from '../pool/results.ts'
import type {Simulation, Wanted} from '../simulation.ts'

/** Runs each way once with each of so many seeds, from the first one on. */
export async function replicated(
  simulation: Simulation,
  wanted: readonly (Wanted | undefined)[],
  replications: number,
  threads: number,
): Promise<Replicated[]> {
  const seeds = Array.from({length: replications}, (_, i) => simulation.seed + i)
  const cells = seeds.flatMap(seed => wanted.map(way => simulation.cell(way, seed)))
  const results = await resultsOf(cells, threads)
  return wanted.map((way, i) => ({
    strategy: way?.strategy.name ?? asWritten,
    results: seeds.map((_, k) => results[k * wanted.length + i]!),
  }))
}
