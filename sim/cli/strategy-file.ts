import {createHash} from 'node:crypto'
import {statSync} from 'node:fs'
import {resolve} from 'node:path'
import {ScriptMistake} from '../engine/script.ts'
import * as zdr from '../index.ts'
import type {Strategy} from '../strategies/strategy.ts'
import {causesOf} from './failure.ts'
import {bytesOf, megabyte} from './input-file.ts'
import {printable} from './terminal/style.ts'
import {fileProblem, UserError} from './user-error.ts'

/** Whether `--strategy` was given a file, not a name: it has a slash, or ends as a module does. */
export const isStrategyFile = (text: string) => /[/\\]|\.[cm]?[jt]s$/.test(text)

/** The strategy that a file exports: its default export, or the first of the others that is one. */
export async function loadStrategy(file: string, shipped: readonly Strategy[]): Promise<Strategy> {
  const found = (await exportsOf(file)).find(looksLikeStrategy)
  if (!found) throw new UserError(`${file} exports no strategy; it should say: export default strategy({name: …})`)
  const flaw = flawOf(found)
  if (flaw) throw new UserError(`the strategy that ${file} exports ${flaw}`)
  const strategy = found as unknown as Strategy
  if (shipped.some(({name}) => name === strategy.name))
    throw new UserError(`the strategy that ${file} exports needs another name: '${strategy.name}' is a shipped one`)
  return strategy
}

/** SHA-256 of the file as it stands, in hexadecimal digits; what it imports does not count. */
export const digestOf = (file: string): string => createHash('sha256').update(bytesOf(file, megabyte)).digest('hex')

/** TypeScript or JavaScript, from any folder: `import … from 'zdr'` in it is this very program. */
async function exportsOf(file: string): Promise<unknown[]> {
  checkFile(file)
  const {createJiti} = await import('jiti')
  const jiti = createJiti(import.meta.url, {virtualModules: {zdr}, fsCache: false, moduleCache: false})
  try {
    const module = await jiti.import<Record<string, unknown>>(resolve(file))
    return [module.default, module, ...Object.values(module)]
  } catch (error) {
    throw new UserError(`cannot load ${placeIn(file, error)}: ${whatOf(error)}`)
  }
}

function checkFile(file: string): void {
  try {
    if (!statSync(file).isFile()) throw new UserError(`cannot load ${file}: is no file`)
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(`cannot load ${file}: ${fileProblem(error)}`)
  }
}

type Candidate = Readonly<Record<keyof Strategy, unknown>>

const looksLikeStrategy = (it: unknown): it is Candidate => isObject(it) && typeof it.release === 'function'
const isObject = (it: unknown): it is Record<string, unknown> => typeof it === 'object' && it !== null

/** What a strategy lacks, as the end of a sentence. */
function flawOf({name, summary, suits, options}: Candidate): string | undefined {
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]*$/.test(name))
    return 'needs a name of small letters, digits and hyphens'
  if (typeof summary !== 'string') return `('${name}') needs a summary of one sentence`
  if (!Array.isArray(suits) || suits.length === 0) return `('${name}') needs 'suits': the kinds of tier it can release`
  if (!isObject(options)) return `('${name}') needs options, if only {}`
  const wrong = Object.keys(options).find(key => !isOption(options[key]))
  return wrong && `('${name}') has an option '${wrong}' that was not made by duration, batch, count, flag or choice`
}

const isOption = (it: unknown) =>
  isObject(it) && 'default' in it && ['duration', 'batch', 'count', 'flag', 'choice', 'law'].includes(String(it.kind))

/**
 * What was thrown while the strategy of a file ran, told to its author: what, and where in the file.
 * Undefined if the file had no part in it.
 */
export function strategyFailure(file: string, name: string, error: unknown): UserError | undefined {
  const place = placeIn(file, error)
  const cause = causesOf(error).at(-1)
  // What is no Error was thrown by the file: we throw nothing else. And of several scripts the mistaken one is theirs.
  const isTheirs = !(cause instanceof Error) || cause instanceof ScriptMistake
  if (place === file && !isTheirs) return undefined
  return new UserError(`strategy '${name}' failed at ${place}: ${whatOf(cause)}`)
}

/** The file, with the line at which something was thrown if a stack tells: jiti keeps lines, not columns. */
function placeIn(file: string, error: unknown): string {
  const path = `${resolve(file)}:`
  const stacks = causesOf(error).map(cause => (cause instanceof Error ? (cause.stack ?? '') : ''))
  const stack = stacks.find(text => text.includes(path))
  const line = stack && /^\d+/.exec(stack.slice(stack.indexOf(path) + path.length))
  return line ? `${file}:${line[0]}` : file
}

/** The first line of a message, with names as the author wrote them and not as they were compiled. */
function whatOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return printable(text.split('\n')[0]!).replace(/\(0 , _\w+\.(\w+)\)/g, '$1')
}
