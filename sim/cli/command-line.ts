import yargs, {type Argv, type PositionalOptions} from 'yargs'
import {checkVerb} from './check.ts'
import {compareVerb} from './compare.ts'
import {complaint} from './complaint.ts'
import {completions} from './completions.ts'
import {exitCode} from './exit-code.ts'
import {explainVerb} from './explain.ts'
import {initVerb} from './init.ts'
import {lintVerb} from './lint.ts'
import {listVerb} from './list.ts'
import {mergeVerb} from './merge.ts'
import {version} from './package-folder.ts'
import {presetsVerb} from './presets.ts'
import {reproduceVerb} from './reproduce.ts'
import {runVerb} from './run.ts'
import {schemaVerb} from './schema.ts'
import {solveVerb} from './solve.ts'
import {sweepVerb} from './sweep.ts'
import type {Verb} from './verb.ts'
import {viewVerb} from './view.ts'
import {workerVerb} from './worker.ts'

const verbs: readonly Verb[] = [
  runVerb,
  compareVerb,
  solveVerb,
  sweepVerb,
  mergeVerb,
  workerVerb,
  viewVerb,
  reproduceVerb,
  listVerb,
  presetsVerb,
  checkVerb,
  lintVerb,
  explainVerb,
  schemaVerb,
  initVerb,
]

/** Does what the words of a command line ask for; gives the exit code. */
export async function obey(words: readonly string[]): Promise<number> {
  let code: number = exitCode.done
  const parser = commandLine(words)
  for (const verb of verbs)
    parser.command(
      verb.usage,
      verb.summary,
      line => described(line, verb),
      async args => {
        verb.check?.(args)
        code = await verb.perform(args)
      },
    )
  if (words.length === 0) {
    process.stderr.write(`${await parser.getHelp()}\n`)
    return exitCode.mistake
  }
  await parser.parseAsync()
  return code
}

const commandLine = (words: readonly string[]): Argv =>
  yargs([...words])
    .scriptName('zdr')
    .usage('$0 VERB: what a release will do to every connection in the fleet, before it goes out')
    .parserConfiguration(parsing)
    .locale('en')
    .wrap(Math.min(100, process.stdout.columns ?? 100))
    .version(version())
    .help()
    .alias({help: 'h'})
    .completion('completion', 'Print a script that teaches your shell to complete zdr', completions)
    .example([
      ['zdr compare edge-release', 'every strategy on the same traffic, side by side'],
      ['zdr run edge-release --strategy hard-restart', 'one of them, in full'],
      ['zdr view edge-release', 'in the browser'],
      ['zdr list', 'what there is to choose from'],
      ['zdr run --help', 'what one verb takes'],
    ])
    .epilogue(
      'Exit codes: 0 done, 1 an expectation is not met or lint finds something, 2 a mistake in what was asked, 130 interrupted.',
    )
    .demandCommand(1, '')
    .strict()
    .exitProcess(false)
    .fail((message, error) => fail(message, error, words))

/** What was typed is taken as it stands: no numbers out of text, no nesting by dots, no `--no-`. */
const parsing = {
  'boolean-negation': false,
  'camel-case-expansion': false,
  'dot-notation': false,
  'greedy-arrays': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
} as const

/** Arguments are those that the usage names; the rest of what a verb takes are options. */
function described(line: Argv, verb: Verb): Argv {
  for (const [name, option] of Object.entries(verb.takes))
    if (isArgument(verb, name)) line.positional(name, option as PositionalOptions)
    else line.option(name, option)
  return line.version(false).example(verb.examples.map(([example, purpose]) => [example, purpose]))
}

const isArgument = (verb: Verb, name: string) => new RegExp(`[<[]${name}\\b`).test(verb.usage)

/** What a verb threw comes without a message and goes on as it is; all else is what yargs found wrong. */
function fail(message: string | null, error: Error | undefined, words: readonly string[]): never {
  if (error && message === null) throw error
  throw complaint(message ?? '', words, verbs)
}
