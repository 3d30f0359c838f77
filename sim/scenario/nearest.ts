import {quoted} from './error.ts'

/** The one of `choices` that was probably meant by `word`; undefined if none is near. */
export function nearest(word: string, choices: readonly string[]): string | undefined {
  if (word.length > longestWord) return undefined
  const wanted = bare(word)
  const ranked = choices.map(choice => ({choice, distance: distanceOf(wanted, bare(choice))}))
  const best = ranked.reduce((a, b) => (b.distance < a.distance ? b : a), {choice: '', distance: Infinity})
  return best.distance < Infinity ? best.choice : undefined
}

/** What would do in place of `word`: the nearest of `choices`, or all of them. */
export function oneOf(word: unknown, choices: readonly string[]): string {
  const near = typeof word === 'string' ? nearest(word, choices) : undefined
  if (near !== undefined || choices.length === 1) return quoted(near ?? choices[0]!)
  if (choices.length === 0) return 'nothing, for there is none'
  const some = choices.slice(0, mostChoices).map(choice => quoted(choice))
  return `one of ${some.join(', ')}${choices.length > mostChoices ? ' …' : ''}`
}

const longestWord = 60
const mostChoices = 16

/** `drain_timeout`, `drain-timeout` and `DrainTimeout` are all meant for `drainTimeout`. */
const bare = (word: string): string => word.toLowerCase().replace(/[-_ ]/g, '')

/** Infinity where one is too far from the other to have been meant. A word that is part of the other one is near. */
function distanceOf(wanted: string, choice: string): number {
  if (choice.length > longestWord) return Infinity
  const distance = edits(wanted, choice)
  const isPart = Math.min(wanted.length, choice.length) >= 3 && (choice.includes(wanted) || wanted.includes(choice))
  return isPart || distance <= Math.max(1, Math.floor(choice.length / 3)) ? distance : Infinity
}

/** Insertions, deletions, substitutions and swaps of neighbours that make one word of the other (Damerau, Levenshtein). */
function edits(a: string, b: string): number {
  let [before, row] = [[] as number[], Array.from({length: b.length + 1}, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const substituted = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      next[j] = Math.min(substituted, row[j]! + 1, next[j - 1]! + 1, isSwap ? before[j - 2]! + 1 : Infinity)
    }
    ;[before, row] = [row, next]
  }
  return row[b.length]!
}
