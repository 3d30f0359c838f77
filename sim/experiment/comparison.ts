import {type Difference, difference} from './difference.ts'
import {type Estimate, estimate, usualConfidence} from './estimate.ts'
import {numberIn, type Result} from './row.ts'

/** One of the ways that are compared, with what came of it under each seed, in the same order for all ways. */
export interface Replicated {
  readonly strategy: string
  readonly results: readonly Result[]
}

/** What replications say of one number under one way. */
export interface Finding {
  /** Nothing is known of the mean where a replication has no number, as of a release that did not end. */
  readonly estimate?: Estimate
  /** To the first way, seed by seed; the first way has none. */
  readonly difference?: Difference
  /** Replications without a number. */
  readonly lacking: number
}

/** The values of a number seed by seed; null where there is none. */
export const valuesOf = ({results}: Replicated, name: string): (number | null)[] =>
  results.map(result => numberIn(result, name) ?? null)

/** A finding for each way, or nothing where no way has such a number under any seed. */
export function findings(name: string, ways: readonly Replicated[]): readonly Finding[] | undefined {
  const columns = ways.map(way => valuesOf(way, name))
  if (columns.every(values => values.every(value => value === null))) return undefined
  return columns.map((values, i) => {
    const estimated = complete(values)
    const against = i === 0 ? undefined : complete(columns[0]!)
    return {
      ...(estimated && {estimate: estimate(estimated)}),
      ...(estimated && against && {difference: difference(estimated, against)}),
      lacking: values.filter(value => value === null).length,
    }
  })
}

const complete = (values: readonly (number | null)[]): readonly number[] | undefined => {
  const known = values.filter(value => value !== null)
  return known.length === values.length ? known : undefined
}

/** A difference, with the confidence that all of so many hold together (Bonferroni), and not only each for itself. */
export const differenceAmong = (many: number, values: readonly number[], against: readonly number[]): Difference =>
  difference(values, against, 1 - (1 - usualConfidence) / Math.max(1, many))
