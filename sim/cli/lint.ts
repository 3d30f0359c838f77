import {exitCode} from './exit-code.ts'
import * as options from './options.ts'
import {paperFor} from './terminal/table.ts'
import {verb} from './verb.ts'

export const lintVerb = verb({
  usage: 'lint <scenario>',
  summary: 'Say which timers and sizes of a scenario do not go together, without running it',
  takes: {
    scenario: options.scenario,
    set: options.set,
    json: {type: 'boolean', describe: 'Print the findings as JSON'},
  },
  examples: [
    ['zdr lint my.yaml', 'before a release: what will break, why, and what to set instead'],
    ['zdr lint my.yaml --set release.edge.options.batch=10%', 'whether that would do'],
    ['zdr lint my.yaml --json | jq .findings[].fix', 'for another program'],
  ],
  async perform({scenario: argument, set = [], json}) {
    const [{Simulation}, {known}, {lint}, {lintAsData}, {drawFindings}] = await Promise.all([
      import('./simulation.ts'),
      import('../strategies/index.ts'),
      import('../lint/lint.ts'),
      import('./lint/json.ts'),
      import('./terminal/findings.ts'),
    ])
    const {scenario} = await Simulation.prepare({scenario: argument, strategies: [], set})
    const findings = lint(scenario, known)
    if (json) process.stdout.write(`${JSON.stringify(lintAsData(scenario.name, findings), null, 2)}\n`)
    else process.stdout.write(drawFindings(scenario, findings, paperFor(process.stdout)))
    return findings.some(({severity}) => severity !== 'note') ? exitCode.unmet : exitCode.done
  },
})
