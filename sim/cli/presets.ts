import {exitCode} from './exit-code.ts'
import * as options from './options.ts'
import {paperFor} from './terminal/table.ts'
import {verb} from './verb.ts'

export const presetsVerb = verb({
  usage: 'presets',
  summary: 'Show the systems whose releases can be named where a strategy can, with their values and sources',
  takes: {json: {...options.json, describe: 'Print them as JSON'}},
  examples: [
    ['zdr presets', 'what Envoy, HAProxy, Kubernetes and others do'],
    ['zdr compare edge-release --strategies envoy,haproxy,nginx', 'some of them on the same traffic'],
  ],
  async perform({json}) {
    const [{drawPresets, presetsAsData}, {presets}] = await Promise.all([
      import('./terminal/presets.ts'),
      import('../strategies/index.ts'),
    ])
    if (json) process.stdout.write(`${JSON.stringify(presetsAsData(presets), null, 2)}\n`)
    else process.stdout.write(drawPresets(presets, paperFor(process.stdout)))
    return exitCode.done
  },
})
