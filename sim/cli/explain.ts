import {exitCode} from './exit-code.ts'
import * as options from './options.ts'
import {paperFor} from './terminal/table.ts'
import {UserError} from './user-error.ts'
import {verb} from './verb.ts'

export const explainVerb = verb({
  usage: 'explain <run> [client]',
  summary: 'Tell how one request or connection came to its end, from the beginning',
  takes: {
    run: {
      type: 'string',
      demandOption: true,
      describe: 'A scenario, which is run; or the file of a run that was kept with --trace',
    },
    client: {type: 'string', describe: 'A workload and the number of one of its clients, as chat:41'},
    worst: {
      type: 'boolean',
      describe: 'Of everything that was disrupted the oldest connection, or who had waited longest',
    },
    cause: {
      type: 'string',
      requiresArg: true,
      describe: 'The first that ended so, as killed-at-drain-end; with --worst the worst of those',
      coerce: (typed: unknown) => (typed === undefined ? undefined : options.once('cause', typed)),
    },
    strategy: options.strategy,
    seed: options.seed,
    set: options.set,
    json: {type: 'boolean', describe: 'Print the story as JSON'},
  },
  examples: [
    ['zdr explain edge-release --worst', 'who lost most, and why'],
    ['zdr explain edge-release --cause killed-at-drain-end', 'the first that a drain did not wait for'],
    ['zdr explain edge-release chat:41 --strategy hard-restart', 'the same client under another strategy'],
    ['zdr explain run.json.gz --worst', 'of a run that was kept'],
  ],
  check({client, worst, cause}) {
    if (client !== undefined && (worst || cause !== undefined))
      throw new UserError('a client, or --worst and --cause, which look for one: choose')
    if (client === undefined && !worst && cause === undefined)
      throw new UserError('who is to be explained? A client as chat:41, --worst or --cause CAUSE')
  },
  async perform({run, client, worst = false, cause, strategy, seed, set = [], json}) {
    const [
      {openTrace},
      {explainRun},
      {explainTrace},
      {explainedAsData},
      {causeNumber},
      {drawCalm, drawStory},
      {quietLosses},
    ] = await Promise.all([
      import('./trace-file.ts'),
      import('./explain/run.ts'),
      import('./explain/trace.ts'),
      import('./explain/explained.ts'),
      import('./explain/wanted.ts'),
      import('./terminal/story.ts'),
      import('../words/losses.ts'),
    ])
    const wanted = {id: client, worst, cause: cause === undefined ? undefined : causeNumber(cause)}
    const trace = openTrace(run)?.trace
    if (trace !== undefined && (strategy !== undefined || seed !== undefined || set.length > 0))
      throw new UserError(`${run} is a run that was made already: --strategy, --seed and --set come too late`)
    const {Simulation} = await import('./simulation.ts')
    const strategies = strategy === undefined ? [] : [strategy]
    const simulation =
      trace === undefined ? await Simulation.prepare({scenario: run, strategies, seed, set}) : undefined
    let losses: readonly string[] = []
    const found = simulation
      ? explainRun(simulation, simulation.wanted[0], wanted, report => {
          losses = quietLosses(report)
        })
      : explainTrace(trace!, wanted)
    const name = simulation?.scenario.name ?? trace!.scenario
    const paper = paperFor(process.stdout)
    if (json) process.stdout.write(`${JSON.stringify(explainedAsData(name, found, losses), null, 2)}\n`)
    else process.stdout.write(found ? drawStory(found, paper) : drawCalm(losses, paper))
    return exitCode.done
  },
})
