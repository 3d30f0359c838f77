import {numberInReport} from '../scenario/expectation.ts'
import type {Data} from './data.ts'
import {replicationsFor} from './difference.ts'
import {deviation, type Estimate, estimate} from './estimate.ts'
import {type Asked, measureNamed} from './measure.ts'
import {quantityOf} from './quantity.ts'
import {unitOf} from './unit.ts'

/** What the mean of a measure should be. */
export interface Target {
  /** As it was asked for. */
  readonly text: string
  readonly measure: Asked
  readonly sense: 'atMost' | 'atLeast'
  /** In the unit of the report: seconds, parts of one, counts. */
  readonly bound: number
}

/** `traffic.chat.reset <= 100`; if the text is none, what is wrong with it. */
export function targetOf(text: string, data: Data): Target | string {
  const [, word, sign, number] = /^\s*([^<>=≤≥\s]+)\s*(<=|>=|≤|≥|<|>)\s*(\S+(?: \S+)?)\s*$/.exec(text) ?? []
  if (word === undefined || number === undefined)
    return `a target is a measure, <= or >=, and a number, as 'disruption.count <= 100', not '${text}'`
  const measure = measureNamed(word, data)
  if (typeof measure === 'string') return measure
  const bare = number.replace(' ', '')
  const bound = /^\d+(\.\d+)?$/.test(bare) ? Number(bare) : numberInReport(bare)
  if (bound === undefined) return `'${number}' in '${text}' is no number such as 3, 95%, 20m, 400/s or 512MiB`
  const mistaken = unitMistake(measure.name, bare)
  if (mistaken !== undefined) return mistaken
  return {text, measure, sense: /[<≤]/.test(sign!) ? 'atMost' : 'atLeast', bound}
}

/** A bound in a unit that the measure does not have; a number without one is in that of the report. */
function unitMistake(measure: string, bound: string): string | undefined {
  const quantity = quantityOf(bound)
  if (quantity === undefined || quantity.name === 'count' || quantity.name === 'number') return undefined
  return quantity.unit === unitOf(measure) ? undefined : `${measure} is no ${quantity.name}, as ${bound} is`
}

/** What replications say of a target at one value of a parameter. */
export interface Judged {
  /** Absent where a replication has no such number. */
  readonly estimate?: Estimate
  /** Met if the whole interval is within the bound, missed if it is wholly outside. */
  readonly state: 'met' | 'undecided' | 'missed'
  /** Of what is undecided: replications after which it would not be, if mean and spread stay. */
  readonly needed?: number
}

/** `values` come from one replication each, and are null where there is no such number. */
export function judge({sense, bound}: Target, values: readonly (number | null)[], confidence: number): Judged {
  const known = values.filter(value => value !== null)
  if (known.length < values.length) return {state: 'undecided'}
  const found = estimate(known, confidence)
  const room = sense === 'atMost' ? bound - found.mean : found.mean - bound
  if (room >= found.half) return {estimate: found, state: 'met'}
  if (room < -found.half) return {estimate: found, state: 'missed'}
  return {estimate: found, state: 'undecided', needed: replicationsFor(room, deviation(known), confidence)}
}

/** Whether the first of two is nearer to a target, or further within it. */
export const isCloser = ({sense}: Target, mean: number, other: number): boolean =>
  sense === 'atMost' ? mean < other : mean > other
