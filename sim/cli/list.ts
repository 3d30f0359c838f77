import {exitCode} from './exit-code.ts'
import {shippedNames} from './package-folder.ts'
import {paperFor} from './terminal/table.ts'
import {verb} from './verb.ts'

export const listVerb = verb({
  usage: 'list',
  summary: 'Show the scenarios and the strategies that there are to choose from',
  takes: {},
  examples: [['zdr list', 'with the questions they ask, and the options they have']],
  async perform() {
    const [{drawList}, {readScenario}, {known, strategies}] = await Promise.all([
      import('./terminal/list.ts'),
      import('./simulation.ts'),
      import('../strategies/index.ts'),
    ])
    const scenarios = shippedNames().flatMap(name => {
      const result = readScenario(name, known)
      return 'scenario' in result ? [result.scenario] : []
    })
    process.stdout.write(drawList(scenarios, strategies, paperFor(process.stdout)))
    return exitCode.done
  },
})
