import {nearest} from '../scenario/nearest.ts'
import {shippedNames} from './package-folder.ts'
import {UserError} from './user-error.ts'
import {nameOf, type Verb} from './verb.ts'

/** What yargs found wrong with the words of a command line, said in our way: what was meant, or what there is. */
export function complaint(message: string, words: readonly string[], verbs: readonly Verb[]): UserError {
  const names = [...verbs.map(nameOf), 'completion']
  const first = words.find(word => !word.startsWith('-'))
  const verb = verbs.find(it => nameOf(it) === first)
  if (!verb) return new UserError(noVerb(first, words, names))
  return new UserError(`${ofVerb(message, words, verb, verbs)}\nzdr ${nameOf(verb)} --help says more`)
}

function noVerb(first: string | undefined, words: readonly string[], names: readonly string[]): string {
  if (first === undefined) return unknownOption('zdr', words[0] ?? '', ['help', 'version'])
  if (shippedNames().includes(first)) return `${first} is a scenario; did you mean zdr run ${first}?`
  return `there is no verb '${first}'${guess(nearest(first, names))}\nverbs: ${names.join(', ')}`
}

function ofVerb(message: string, words: readonly string[], verb: Verb, verbs: readonly Verb[]): string {
  const [what = '', about = ''] = message.split(/: (.*)/s)
  if (what === 'Not enough arguments following') return `--${about} wants a value`
  if (what.startsWith('Not enough non-option arguments')) return `something is missing: zdr ${verb.usage}`
  if (what.startsWith('Missing required argument')) return `--${about} is missing`
  if (!what.startsWith('Unknown argument')) return message
  const [unknown = ''] = about.split(', ')
  if (words.includes(unknown)) return `'${unknown}' is one argument too many: zdr ${verb.usage}`
  const option = words.find(word => word.replace(/^-+/, '').startsWith(unknown)) ?? `--${unknown}`
  const owner = verbs.find(it => Object.hasOwn(it.takes, unknown))
  if (owner) return `${option} is an option of zdr ${nameOf(owner)}, not of zdr ${nameOf(verb)}`
  return unknownOption(`zdr ${nameOf(verb)}`, option, [...Object.keys(verb.takes), 'help'])
}

function unknownOption(command: string, option: string, choices: readonly string[]): string {
  const name = option.replace(/=.*/s, '')
  const near = nearest(name.replace(/^-+/, ''), choices)
  return `${command} has no option ${name}${guess(near && `--${near}`)}`
}

const guess = (near: string | undefined) => (near === undefined ? '' : `; did you mean ${near}?`)
