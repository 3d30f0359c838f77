import {type Cause, causes} from '../../net/events.ts'
import {nearest} from '../../scenario/nearest.ts'
import {causeInWords} from '../../words/causes.ts'
import {count} from '../../words/figures.ts'
import {wrapped} from '../terminal/prose.ts'
import {UserError} from '../user-error.ts'

/** What somebody wants explained: a client by its name, or a disruption by what is special about it. */
export interface Wanted {
  readonly id?: string | undefined
  readonly worst: boolean
  /** Its place among all causes. */
  readonly cause?: number | undefined
}

export const tellable = causes.filter(cause => cause !== 'done')

/** Throws a UserError for a cause that is none. */
export function causeNumber(word: string): number {
  const number = causes.indexOf(word as Cause)
  if (number > 0) return number
  const near = nearest(word, tellable)
  const guess =
    near === undefined ? `\n${wrapped(`causes: ${tellable.join(', ')}`, 80).join('\n')}` : `; did you mean ${near}?`
  throw new UserError(`there is no cause '${word}'${guess}`)
}

/** `chat:41` in parts; throws a UserError if it is none of the workloads. */
export function clientWanted(id: string, workloads: readonly string[]): {workload: number; number: number} {
  const [, name, digits] = /^(.*):(\d{1,10})$/.exec(id) ?? []
  if (name === undefined)
    throw new UserError(`'${id}' is no client; a client is a workload and a number, as ${workloads[0] ?? 'web'}:41`)
  const workload = workloads.indexOf(name)
  if (workload >= 0) return {workload, number: Number(digits)}
  const near = nearest(name, workloads)
  const guess = near === undefined ? `\nworkloads: ${workloads.join(', ')}` : `; did you mean ${near}:${digits}?`
  throw new UserError(`there is no workload '${name}'${guess}`)
}

/** That nothing ended so, and how else things ended. */
export function noneOf(cause: number, counts: ArrayLike<number>): UserError {
  const others = tellable
    .map(it => [it, counts[causes.indexOf(it)]!] as const)
    .filter(([, many]) => many > 0)
    .sort((a, b) => b[1] - a[1])
  const found = others.map(([it, many]) => `${it} (${count(many)})`).join(', ')
  const what = causeInWords(causes[cause]!).words
  return new UserError(`nothing ended with ${causes[cause]} (${what})\ncauses of this run: ${found || 'none'}`)
}
