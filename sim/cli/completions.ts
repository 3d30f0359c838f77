import type {FallbackCompletionFunction} from 'yargs'
import {shippedNames} from './package-folder.ts'

/** What yargs knows of verbs and options, and the names of shipped scenarios where one may stand. */
export const completions: FallbackCompletionFunction = (current, args, byDefault, done) =>
  byDefault((error, words = []) => {
    if (error) throw error
    const verb = args._.find((word: unknown) => takers.includes(String(word)))
    const names = verb !== undefined && !current.startsWith('-') ? shippedNames() : []
    done([...words, ...names.filter(name => name.startsWith(current))])
  })

const takers = ['run', 'compare', 'solve', 'sweep', 'view', 'check']
