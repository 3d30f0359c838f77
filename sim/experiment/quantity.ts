import * as units from '../scenario/units.ts'
import type {Unit} from './unit.ts'

/** A kind of number, as scenario files write it. */
export interface Quantity {
  readonly name: 'duration' | 'share' | 'rate' | 'size' | 'bandwidth' | 'count' | 'number'
  /** In microseconds, parts of one, per second, bytes; undefined if the text is none of this kind. */
  readonly parse: (text: string) => number | undefined
  /** What `parse` reads as the same. */
  readonly format: (value: number) => string
  /** Whether there is nothing between two numbers that follow each other. */
  readonly isWhole: boolean
  /** Steps that are round to people, from the smallest to the largest. */
  readonly steps: readonly number[]
  /** The least that there is between two values. */
  readonly least: number
  /** What tables have these values in, and how many of those one is. */
  readonly unit: Unit
  readonly size: number
}

const powers = (base: number, from: number, to: number): number[] =>
  Array.from({length: to - from + 1}, (_, i) => base ** (from + i))

const second = 1e6
const minute = 60 * second

const decimals = {isWhole: false, steps: powers(10, -6, 9), least: 1e-6, size: 1} as const
const bytes = {isWhole: true, steps: powers(2, 0, 40), least: 1, size: 1} as const

const wholes: Quantity = {
  name: 'count',
  parse: text => (/^-?\d+$/.test(text) ? Number(text) : undefined),
  format: value => String(Math.round(value)),
  ...{isWhole: true, steps: powers(10, 0, 12), least: 1, unit: '1', size: 1},
}
const numbers: Quantity = {
  ...decimals,
  name: 'number',
  parse: text => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined),
  format: value => String(Number(value.toPrecision(12))),
  unit: '1',
}
const durations: Quantity = {
  name: 'duration',
  parse: units.parseDuration,
  format: units.formatDuration,
  isWhole: false,
  steps: [...powers(10, 0, 7), ...[1, 10, 60, 600, 1440].map(minutes => minutes * minute)],
  ...{least: 1, unit: 's', size: 1 / second},
}
const shares: Quantity = {
  name: 'share',
  parse: units.parseFraction,
  format: units.formatFraction,
  ...{isWhole: false, steps: powers(10, -8, 0), least: 1e-8, unit: '1', size: 1},
}
const rates: Quantity = {
  ...decimals,
  name: 'rate',
  parse: units.parseRate,
  format: units.formatRate,
  unit: '1/s',
}
const sizes: Quantity = {...bytes, name: 'size', parse: units.parseSize, format: units.formatSize, unit: 'B'}
const bandwidths: Quantity = {
  ...bytes,
  name: 'bandwidth',
  parse: units.parseBandwidth,
  format: units.formatBandwidth,
  unit: 'B/s',
}

/** Whole numbers come first: where all are whole, all between them are. */
const quantities = [wholes, numbers, durations, shares, rates, bandwidths, sizes]

/** The quantity that all texts are of, as 20m, 5%, 400/s, 64KiB or 3; undefined if they are of none. */
export const quantityOf = (...texts: readonly string[]): Quantity | undefined =>
  quantities.find(({parse}) => texts.every(text => parse(text) !== undefined))

/** Texts of one quantity as numbers in its unit; undefined if they are of none. */
export function valuesIn(
  texts: readonly string[],
): {readonly unit: Unit; readonly values: readonly number[]} | undefined {
  const quantity = quantityOf(...texts)
  if (quantity === undefined) return undefined
  const {parse, unit, size} = quantity
  return {unit, values: texts.map(text => parse(text)! * size)}
}

/** The value, told no finer than to the roundest step that is not above `step`. */
export function inRoundSteps({steps, least}: Quantity, value: number, step: number): number {
  const unit = steps.findLast(it => it <= step) ?? least
  return Math.round(value / unit) * unit
}

/** To so many significant digits, so that nobody reads more into a number than is known; whole where that kind is. */
export function rounded(value: number, {name, isWhole}: Quantity, digits = 3): number {
  // Durations are rounded as seconds, which they are written in.
  const unit = name === 'duration' && value >= second ? second : 1
  const round = Number((value / unit).toPrecision(digits)) * unit
  return isWhole || name === 'duration' ? Math.round(round) : round
}
