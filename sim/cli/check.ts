import {exitCode} from './exit-code.ts'
import {UserError} from './user-error.ts'
import {verb} from './verb.ts'

export const checkVerb = verb({
  usage: 'check <files..>',
  summary: 'Say everything that is wrong with scenario files, without running them',
  takes: {
    files: {
      type: 'string',
      demandOption: true,
      describe: 'Files, or names of scenarios that come with zdr',
      coerce: (typed: unknown) => [typed].flat().map(String),
    },
  },
  examples: [
    ['zdr check my.yaml', 'before a long run'],
    ['zdr check scenarios/*.yaml', 'all of them, as in continuous integration'],
  ],
  async perform({files}) {
    const [{readScenario}, {known}] = await Promise.all([import('./simulation.ts'), import('../strategies/index.ts')])
    let code: number = exitCode.done
    for (const file of files) {
      const mistakes = mistakesIn(() => readScenario(file, known))
      if (mistakes.length === 0) process.stdout.write(`${file}: ok\n`)
      else code = exitCode.mistake
      for (const mistake of mistakes) process.stderr.write(`${mistake}\n`)
    }
    return code
  },
})

type Read = () => {readonly scenario: unknown} | {readonly mistakes: readonly string[]}

/** A file that cannot be read is one mistake among others: the files after it are checked all the same. */
function mistakesIn(read: Read): readonly string[] {
  try {
    const result = read()
    return 'mistakes' in result ? result.mistakes : []
  } catch (error) {
    if (error instanceof UserError) return [error.message]
    throw error
  }
}
