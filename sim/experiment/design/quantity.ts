import * as units from '../../scenario/units.ts'
import type {Unit} from '../unit.ts'

/** What the values of a range are: how they are read and written, and which steps are round. */
export interface Quantity {
  readonly parse: (text: string) => number | undefined
  readonly format: (value: number) => string
  /** From the smallest to the largest. */
  readonly round: readonly number[]
  /** The least that there is between two values. */
  readonly least: number
  /** What tables have these values in, and how many of those one is. */
  readonly unit: Unit
  readonly size: number
}

const powers = (base: number, from: number, to: number): number[] =>
  Array.from({length: to - from + 1}, (_, i) => base ** (from + i))

const second = 1e6
const durations: Quantity = {
  parse: units.parseDuration,
  format: units.formatDuration,
  round: [...powers(10, 0, 7), ...[1, 10, 60, 600, 1440].map(minutes => minutes * 60 * second)],
  ...{least: 1, unit: 's', size: 1 / second},
}
const sizes: Quantity = {
  parse: units.parseSize,
  format: units.formatSize,
  round: powers(2, 0, 40),
  ...{least: 1, unit: 'B', size: 1},
}
const bandwidths: Quantity = {
  ...sizes,
  parse: units.parseBandwidth,
  format: units.formatBandwidth,
  unit: 'B/s',
}
const decimals = {round: powers(10, -6, 9), least: 1e-6, unit: '1', size: 1} as const
const rates: Quantity = {...decimals, parse: units.parseRate, format: units.formatRate, unit: '1/s'}
const fractions: Quantity = {
  parse: units.parseFraction,
  format: units.formatFraction,
  round: powers(10, -8, 0),
  ...{least: 1e-8, unit: '1', size: 1},
}
const wholes: Quantity = {
  parse: text => (/^-?\d+$/.test(text) ? Number(text) : undefined),
  format: String,
  round: powers(10, 0, 12),
  ...{least: 1, unit: '1', size: 1},
}
const numbers: Quantity = {
  ...decimals,
  parse: text => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined),
  format: value => value.toFixed(6).replace(/\.?0+$/, ''),
}

/** Whole numbers come first: where both ends are whole, all between them are. */
const quantities = [wholes, numbers, durations, fractions, rates, sizes, bandwidths]

/** The quantity that both texts are of, if they are of one. */
export const quantityOf = (from: string, to: string): Quantity | undefined =>
  quantities.find(({parse}) => parse(from) !== undefined && parse(to) !== undefined)

/** The value, told no finer than to the roundest step that is not above `step`. */
export function rounded({round, least}: Quantity, value: number, step: number): number {
  const unit = round.findLast(it => it <= step) ?? least
  return Math.round(value / unit) * unit
}

/** Texts of one quantity as numbers in its unit; undefined if they are of none. */
export function valuesIn(
  texts: readonly string[],
): {readonly unit: Unit; readonly values: readonly number[]} | undefined {
  for (const {parse, unit, size} of quantities) {
    const values = texts.map(parse)
    if (values.every(value => value !== undefined)) return {unit, values: values.map(value => value * size)}
  }
  return undefined
}
