import {exitCode} from './exit-code.ts'
import * as options from './options.ts'
import {paperFor} from './terminal/table.ts'
import {verb} from './verb.ts'

export const mergeVerb = verb({
  usage: 'merge <out> <parts..>',
  summary: 'Join the parts of a sweep that were made with --shard, on however many machines',
  takes: {
    out: {type: 'string', demandOption: true, describe: 'The folder for the whole sweep'},
    parts: {type: 'string', array: true, demandOption: true, describe: 'The folders of its parts'},
    format: options.format,
  },
  examples: [['zdr merge whole part-1 part-2 part-3', 'what one machine would have made of all']],
  async perform({out, parts, format = options.allFormats}) {
    const [{merge}, {drawSweep}] = await Promise.all([import('./sweep/merge.ts'), import('./terminal/sweep.ts')])
    const outcome = merge(out, parts, format)
    process.stdout.write(drawSweep(outcome, paperFor(process.stdout), format))
    return outcome.failures.length === 0 ? exitCode.done : exitCode.unmet
  },
})
