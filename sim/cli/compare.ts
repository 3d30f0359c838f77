import {availableParallelism} from 'node:os'
import {asWritten} from '../words/as-written.ts'
import type {Contender} from '../words/conclusion.ts'
import {exitCode} from './exit-code.ts'
import * as options from './options.ts'
import type {Simulation, Wanted} from './simulation.ts'
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
    replications: {
      type: 'string',
      requiresArg: true,
      describe: 'Run each with so many seeds, one after the other, and tell means, differences and how sure they are',
      coerce: (typed: unknown) =>
        typed === undefined ? undefined : replicationCount(options.once('replications', typed)),
    },
    threads: options.threads,
  },
  examples: [
    ['zdr compare edge-release', 'the classic strategies, and the scenario’s own'],
    ['zdr compare edge-release --strategies hard-restart,./mine.ts', 'one of them, and yours'],
    ['zdr compare edge-release --seed 7', 'with other chances'],
    ['zdr compare edge-release --replications 20', 'what of it is chance: 95 % intervals over 20 seeds'],
    ['zdr compare edge-release --csv > edge.csv', 'for a spreadsheet'],
  ],
  check(args) {
    options.checkOneFormat(args)
    if (args.threads !== undefined && args.replications === undefined)
      throw new UserError('--threads share replications: add --replications N')
  },
  async perform(args) {
    const {scenario, strategies = [], seed, set = []} = args
    const {Simulation} = await import('./simulation.ts')
    const simulation = await Simulation.prepare({scenario, strategies, seed, set})
    if (simulation.scenario.releases.length === 0)
      throw new UserError(`there is nothing to compare: ${scenario} releases no tier`)

    const all = strategies.length > 0 ? simulation.wanted : simulation.usual
    return args.replications === undefined ? once(simulation, all, args) : replicated(simulation, all, args)
  },
})

interface Args {
  readonly json?: boolean | undefined
  readonly csv?: boolean | undefined
  readonly replications?: number | undefined
  readonly threads?: number | undefined
}
type Ways = readonly (Wanted | undefined)[]

function once(simulation: Simulation, all: Ways, {json, csv: asCsv}: Args): number {
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
}

async function replicated(simulation: Simulation, all: Ways, args: Args): Promise<number> {
  const {replications = 2, threads = availableParallelism()} = args
  const [runs, formats, {drawReplicated}, {expectedOf}] = await Promise.all([
    import('./compare/replicated.ts'),
    import('./compare/formats.ts'),
    import('./terminal/replicated.ts'),
    import('../experiment/expectations.ts'),
  ])
  const {scenario, seed} = simulation
  const seeds = {seed, replications}
  const ways = await runs.replicated(simulation, all, replications, threads)
  if (args.json) process.stdout.write(`${JSON.stringify(formats.json(ways, scenario, seeds), null, 2)}\n`)
  else if (args.csv) process.stdout.write(formats.csv(ways))
  else process.stdout.write(drawReplicated(ways, scenario, seeds, paperFor(process.stdout)))
  const isMet = ways.every(way => expectedOf(way, scenario).every(({unmet}) => unmet.length === 0))
  return isMet ? exitCode.done : exitCode.unmet
}

const replicationCount = (text: string): number =>
  options.numberOf('replications', text, 2, 10_000, ' (one has no interval)')
