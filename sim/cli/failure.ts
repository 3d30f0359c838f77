import {exitCode} from './exit-code.ts'
import {UserError} from './user-error.ts'

/** A bug met while simulating, and the command that meets it again. */
export class RunFailure extends Error {
  override readonly name = 'RunFailure'
  readonly repeat: string
  /** Whose code may be at fault. */
  readonly suspects: readonly string[]

  constructor(cause: unknown, repeat: string, suspects: readonly string[] = ['zdr']) {
    super(cause instanceof Error ? cause.message : String(cause), {cause})
    this.repeat = repeat
    this.suspects = suspects
  }
}

export interface Explanation {
  readonly message: string
  readonly code: number
}

/** What to say about something thrown: to users what they can mend, and of our own bugs all that helps to find them. */
export function explain(error: unknown, words: readonly string[]): Explanation {
  if (error instanceof UserError) return {message: `zdr: ${error.message}`, code: exitCode.mistake}
  const failure = error instanceof RunFailure ? error : new RunFailure(error, commandLine(words))
  const message = [
    `zdr: this is a bug in ${failure.suspects.join(' or in ')}, not in what you asked for. It shows again with`,
    `  ${failure.repeat}`,
    ...causesOf(failure.cause).map(cause => (cause instanceof Error ? cause.stack : String(cause))),
  ]
  return {message: message.join('\n'), code: exitCode.bug}
}

/** An error and what caused it, down to the first cause. */
export const causesOf = (error: unknown): unknown[] =>
  error instanceof Error && error.cause !== undefined ? [error, ...causesOf(error.cause)] : [error]

/** Words as they are typed into a shell, but for passwords. */
export const commandLine = (words: readonly string[]) => ['zdr', ...words.map(hushed).map(quoted)].join(' ')

const hushed = (word: string) => word.replace(/(rediss?:\/\/).*@/s, '$1…@')

const quoted = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)
