import {exitCode} from './exit-code.ts'
import * as options from './options.ts'
import {OutputFile} from './output-file.ts'
import {csv} from './terminal/csv.ts'
import {drawRun} from './terminal/run.ts'
import {type Paper, paperFor} from './terminal/table.ts'
import {UserError} from './user-error.ts'
import {verb} from './verb.ts'

export const runVerb = verb({
  usage: 'run <scenario>',
  summary: 'Simulate a scenario and tell what became of every request and connection',
  takes: {
    scenario: options.scenario,
    strategy: options.strategy,
    seed: options.seed,
    set: options.set,
    json: options.json,
    csv: options.csv,
    openmetrics: options.openmetrics,
    trace: options.trace,
    'one-by-one': {type: 'boolean', describe: 'Simulate every request event by event, though nothing happens to it'},
    perfetto: options.perfetto,
  },
  examples: [
    ['zdr run edge-release', 'a scenario that comes with zdr'],
    ['zdr run my.yaml --strategy hard-restart', 'your own, released in another way'],
    ['zdr run edge-release --set traffic.web.rate=300/s', 'with another value'],
    ['zdr run edge-release --json | jq .disruption', 'for another program'],
    ['zdr run edge-release --trace run.json.gz', 'and keep all that happened'],
    ['zdr run edge-release --perfetto edge.json.gz', 'the same, to be opened in ui.perfetto.dev'],
  ],
  check: options.checkOneFormat,
  async perform(args) {
    const {scenario, strategy, seed, set = [], json, csv: asCsv, openmetrics, trace: traceFile, perfetto} = args
    if (traceFile !== undefined && traceFile === perfetto)
      throw new UserError('--trace and --perfetto want a file each, not both the same')
    const {Simulation} = await import('./simulation.ts')
    const strategies = strategy === undefined ? [] : [strategy]
    const simulation = await Simulation.prepare({scenario, strategies, seed, set})
    const file = traceFile === undefined ? undefined : new OutputFile(traceFile)
    const tracks = perfetto === undefined ? undefined : new OutputFile(perfetto)

    const isTraced = file !== undefined || tracks !== undefined
    const {report, trace} = simulation.run(simulation.wanted[0], {
      trace: isTraced,
      crowds: args['one-by-one'] !== true,
    })
    await file?.write(JSON.stringify(trace))
    await tracks?.write(JSON.stringify((await import('../export/perfetto.ts')).perfettoOf(trace!)))

    if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
    else if (asCsv) process.stdout.write(csv([{strategy: released(report), report}]))
    else if (openmetrics) process.stdout.write((await import('../export/openmetrics.ts')).openMetricsOf(report))
    else {
      const paper = paperFor(process.stdout)
      process.stdout.write(drawRun(report, simulation.scenario, paper))
      if (report.disruption.count > 0) process.stdout.write(explainHint(simulation.commandOf('explain'), paper))
    }
    return report.expect.every(({met}) => met) ? exitCode.done : exitCode.unmet
  },
})

/** The line that tells how to hear of the worst disruption. */
const explainHint = (command: string, {style}: Paper) =>
  `\n${style('dim', 'why the worst of them:')} ${command} --worst\n`

/** The strategies of all its releases, each once. */
const released = ({strategies}: {strategies: Readonly<Record<string, string>>}) =>
  [...new Set(Object.values(strategies))].join('+')
