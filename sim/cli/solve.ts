import {availableParallelism} from 'node:os'
import {toSeconds} from '../engine/time.ts'
import {exitCode} from './exit-code.ts'
import {interruptible} from './interruption.ts'
import * as options from './options.ts'
import {statusLine} from './progress.ts'
import {paperFor} from './terminal/table.ts'
import {UserError} from './user-error.ts'
import {verb} from './verb.ts'

const text = (name: string, describe: string) => ({
  type: 'string' as const,
  requiresArg: true,
  describe,
  coerce: (typed: unknown) => (typed === undefined ? undefined : options.once(name, typed)),
})

export const solveVerb = verb({
  usage: 'solve <scenario>',
  summary: 'Find the value of a parameter under which targets are met, with confidence',
  takes: {
    scenario: options.scenario,
    param: {
      type: 'string',
      requiresArg: true,
      demandOption: true,
      describe: 'Path of the value that is looked for, as release.edge.options.drainTimeout',
      coerce: (typed: unknown) => (typed === undefined ? '' : options.once('param', typed)),
    },
    target: {
      type: 'array',
      string: true,
      requiresArg: true,
      describe: "MEASURE <= NUMBER (or >=), as 'traffic.chat.reset <= 100'; may be repeated, for all to be met",
    },
    largest: {type: 'boolean', describe: 'Find the largest value that meets them, not the smallest'},
    from: text(
      'from',
      'Smallest value to try, together with --to; without both as far as needed, down to a 32nd of the scenario’s own',
    ),
    to: text('to', 'Largest value to try, together with --from; without both up to 32 times the scenario’s own'),
    values: text('values', 'A,B,C: try only these'),
    pareto: text('pareto', 'MEASURE,MEASURE: also show which values no other is better than in all of these'),
    strategy: options.strategy,
    replications: {
      type: 'string',
      requiresArg: true,
      describe: 'Runs of each value, with one seed after the other; 5 by default',
      coerce: (typed: unknown) =>
        typed === undefined
          ? undefined
          : options.numberOf('replications', options.once('replications', typed), 2, 10_000, ' (one has no interval)'),
    },
    confidence: {
      type: 'string',
      requiresArg: true,
      describe: 'Of the intervals that have to be within the bounds; 95% by default',
      coerce: (typed: unknown) => (typed === undefined ? undefined : confidenceOf(options.once('confidence', typed))),
    },
    seed: options.seed,
    set: options.set,
    threads: options.threads,
    json: {type: 'boolean', describe: 'Print all that came out as JSON'},
  },
  examples: [
    [
      "zdr solve edge-release --param release.edge.options.drainTimeout --target 'traffic.chat.reset <= 100'",
      'how long must I drain?',
    ],
    [
      "zdr solve edge-release --param release.edge.options.drainTimeout --target 'disruption.fraction <= 0.1%' --set end=6h",
      'a share is of all that happens, so say how long that is',
    ],
    [
      "zdr solve edge-release --strategy graceful-drain --param release.edge.options.batch --from 5% --to 50% --largest --target 'capacity.min >= 80%'",
      'the largest batch that leaves that much',
    ],
    [
      'zdr solve edge-release --param release.edge.options.drainTimeout --values 5m,10m,20m,40m --pareto duration,disruption',
      'what each minute buys',
    ],
  ],
  check({target = [], pareto, from, to, values}) {
    if (target.length === 0 && pareto === undefined)
      throw new UserError("something is missing: --target 'disruption.count <= 100', or --pareto duration,disruption")
    if ((from === undefined) !== (to === undefined))
      throw new UserError('--from and --to go together: the other one is missing')
    if (values !== undefined && from !== undefined) throw new UserError('--values and --from exclude each other')
  },
  async perform(args) {
    const {threads = availableParallelism()} = args
    const [{prepare}, {search}, {poolOf}, {drawSolution}, {json}, {answerAmong}] = await Promise.all([
      import('./solve/question.ts'),
      import('./solve/search.ts'),
      import('./pool/pool.ts'),
      import('./terminal/solution.ts'),
      import('./solve/json.ts'),
      import('../experiment/solve.ts'),
    ])
    const {simulation, quest, measures, values, options: trial, heading} = await prepare(args)
    const line = statusLine()
    const {tried, trials} = await interruptible(async signal => {
      const pool = await poolOf({threads, signal})
      const means = {simulation, wanted: simulation.wanted[0], pool, line}
      return search(quest, means, trial, values).finally(() => pool.end())
    }).finally(() => line.clear())

    const {param, confidence} = trial
    const [end, ownEnd] = [trials.end, simulation.scenario.world.end].map(toSeconds) as [number, number]
    const resultsAt = (value: number) => trials.results.get(value)!
    const solution = {param, quest, tried, confidence, end, ownEnd, resultsAt}
    const about = {
      scenario: simulation.scenario.name,
      seed: simulation.seed,
      replications: trial.replications,
      end,
    }
    if (args.json) process.stdout.write(`${JSON.stringify(json(solution, measures, about), null, 2)}\n`)
    else {
      const paper = paperFor(process.stdout)
      process.stdout.write(`${heading(trials.end, paper)}\n${drawSolution(solution, measures, paper)}`)
    }
    const isMet = quest.targets.length === 0 || answerAmong(tried, quest.largest) !== undefined
    return isMet ? exitCode.done : exitCode.unmet
  },
})

function confidenceOf(text: string): number {
  const value = /%$/.test(text) ? Number(text.slice(0, -1)) / 100 : Number(text)
  if (value >= 0.5 && value < 1) return value
  throw new UserError(`--confidence wants 50% to less than 100%, not '${text}'`)
}
