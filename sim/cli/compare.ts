import {asWritten, type Contender} from '../words/conclusion.ts'
import {exitCode} from './exit-code.ts'
import * as options from './options.ts'
import {drawComparison} from './terminal/comparison.ts'
import {csv} from './terminal/csv.ts'
import {paperFor} from './terminal/table.ts'
import {UserError} from './user-error.ts'
import {verb} from './verb.ts'

export const compareVerb = verb({
  usage: 'compare <scenario>',
  summary: 'Release in several ways on the same traffic, and show what each costs',
  takes: {
    scenario: options.scenario,
    strategies: options.strategies,
    seed: options.seed,
    set: options.set,
    json: options.json,
    csv: options.csv,
  },
  examples: [
    ['zdr compare edge-release', 'the classic strategies, and the scenario’s own'],
    ['zdr compare edge-release --strategies hard-restart,./mine.ts', 'one of them, and yours'],
    ['zdr compare edge-release --seed 7', 'with other chances'],
    ['zdr compare edge-release --csv > edge.csv', 'for a spreadsheet'],
  ],
  check: options.checkOneFormat,
  async perform({scenario, strategies = [], seed, set = [], json, csv: asCsv}) {
    const {Simulation} = await import('./simulation.ts')
    const simulation = await Simulation.prepare({scenario, strategies, seed, set})
    if (simulation.scenario.releases.length === 0)
      throw new UserError(`there is nothing to compare: ${scenario} releases no tier`)

    const all = strategies.length > 0 ? simulation.wanted : simulation.usual
    const contenders = all.map((it, i): Contender => {
      const strategy = it?.strategy.name ?? asWritten
      const label = `${i + 1}/${all.length} ${strategy}`
      return {strategy, report: simulation.run(it, {label}).report}
    })
    const reports = contenders.map(({report}) => report)
    if (json) process.stdout.write(`${JSON.stringify(reports, null, 2)}\n`)
    else if (asCsv) process.stdout.write(csv(contenders))
    else process.stdout.write(drawComparison(contenders, simulation.scenario, paperFor(process.stdout)))
    return reports.every(({expect}) => expect.every(({met}) => met)) ? exitCode.done : exitCode.unmet
  },
})
