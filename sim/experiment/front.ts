import type {Asked} from './measure.ts'

/**
 * The points to which no other is to be preferred: every other is worse in something, or the same in all. `figures` are of
 * each point its means in the order of `measures`; a point with a figure missing is not on the front.
 */
export function front(figures: readonly (readonly (number | undefined)[])[], measures: readonly Asked[]): boolean[] {
  const worse = (a: number, b: number, i: number) => (measures[i]!.better === 'lower' ? a > b : a < b)
  const beats = (a: readonly number[], b: readonly number[]) =>
    a.every((value, i) => !worse(value, b[i]!, i)) && a.some((value, i) => worse(b[i]!, value, i))
  const known = figures.filter((values): values is readonly number[] => !values.includes(undefined))
  return figures.map(
    values => known.includes(values as readonly number[]) && !known.some(it => beats(it, values as readonly number[])),
  )
}
