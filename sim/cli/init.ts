import {existsSync} from 'node:fs'
import {exitCode} from './exit-code.ts'
import {commandLine} from './failure.ts'
import {OutputFile} from './output-file.ts'
import {UserError} from './user-error.ts'
import {verb} from './verb.ts'

export const initVerb = verb({
  usage: 'init [file]',
  summary: 'Write a scenario to start from, with comments',
  takes: {
    file: {type: 'string', default: 'scenario.yaml', describe: 'Where to'},
    force: {type: 'boolean', describe: 'Even if there is such a file already'},
  },
  examples: [['zdr init my.yaml', 'then change it, and zdr compare my.yaml']],
  async perform({file, force}) {
    if (existsSync(file) && !force) throw new UserError(`${file} is there already; --force writes over it`)
    const {starter} = await import('../scenario/starter.ts')
    await new OutputFile(file).write(starter)
    process.stdout.write(`Wrote ${file}. Now try: ${commandLine(['compare', file])}\n`)
    return exitCode.done
  },
})
