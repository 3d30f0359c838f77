import type {Way} from './comparison.ts'

/** As many as one can look at side by side. */
export const mostWays = 4

/** Of what is usually compared the first that there is room for, the scenario's own among them. */
export function fewWays(usual: readonly Way[], releases: readonly {readonly strategy: string}[]): readonly Way[] {
  const own = (name: string | undefined) => name === undefined || releases.some(({strategy}) => strategy === name)
  const wanted = [...usual].sort((a, b) => Number(own(b.replace)) - Number(own(a.replace))).slice(0, mostWays)
  return usual.filter(way => wanted.includes(way))
}
