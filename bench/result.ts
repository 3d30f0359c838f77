import {type Measured, median} from './measure.ts'

export interface Spread {
  readonly least: number
  readonly median: number
  readonly greatest: number
}

/** A case after all its rounds. Rates are operations per second; a ratio is ours over the reference's of the same round. */
export interface Result {
  readonly name: string
  readonly bar?: number
  readonly ours: Spread
  readonly reference?: Spread
  readonly ratio?: Spread
  /** Whether both programs did the same, draw by draw and tie by tie. */
  readonly same?: boolean
}

export interface Round {
  readonly ours: Measured
  readonly reference?: Measured
}

export function resultOf(name: string, bar: number | undefined, rounds: readonly Round[]): Result {
  const references = rounds.flatMap(({reference}) => reference ?? [])
  const ours = rounds.map(round => round.ours)
  return {
    name,
    ...(bar !== undefined && {bar}),
    ours: spread(ours.map(({rate}) => rate)),
    ...(references.length > 0 && {
      reference: spread(references.map(({rate}) => rate)),
      ratio: spread(references.map(({rate}, i) => ours[i]!.rate / rate)),
      same: references.every(({check}, i) => check === ours[i]!.check),
    }),
  }
}

function spread(values: readonly number[]): Spread {
  return {least: Math.min(...values), median: median(values), greatest: Math.max(...values)}
}
