#!/usr/bin/env node
import {obey} from './command-line.ts'
import {exitCode} from './exit-code.ts'
import {explain} from './failure.ts'
import {fileProblem} from './user-error.ts'

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever reads our output has had enough, as `head` has: that is no error.
  if (error.code === 'EPIPE') process.exit()
  process.stderr.write(`zdr: cannot write to standard output: ${fileProblem(error)}\n`)
  process.exit(exitCode.mistake)
})

const words = process.argv.slice(2)
try {
  process.exitCode = await obey(words)
} catch (error) {
  const {message, code} = explain(error, words)
  process.stderr.write(`${message}\n`)
  process.exitCode = code
}
