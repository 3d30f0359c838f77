import {count, decimal, none, percent, significant, sizeUnit, timeUnit, type Unit} from './figures.ts'
import type {Row} from './table.ts'

type Figure<T> = (item: T) => number | null | undefined

/** How the figures of a row are written: their unit, which the head of the row has, how much one of it is, and the text. */
export interface Style {
  readonly unit: string
  readonly size: number
  readonly text: (value: number) => string
}
/** Chooses it by the figures that are there. */
export type Styling = (values: readonly (number | null)[]) => Style

export const asCounts: Styling = () => ({unit: '', size: 1, text: count})
export const asRatios =
  (digits: number): Styling =>
  () => ({unit: '', size: 1, text: value => decimal(value, digits)})
/** Fractions, in per cent. */
export const asPercents =
  (digits: number): Styling =>
  () => ({unit: '%', size: 0.01, text: value => percent(value, digits)})
/** Seconds, in the unit that suits the row. */
export const asDurations: Styling = values => scaled(timeUnit(values))
/** Bytes, in the unit that suits the row. */
export const asBytes: Styling = values => scaled(sizeUnit(values))

const scaled = ({name, size}: Unit): Style => ({unit: name, size, text: value => significant(value / size)})

/** A row of figures, one of every item. What there is no number for becomes a dash. */
export function rowOf<T>(head: string, items: readonly T[], figure: Figure<T>, styling: Styling): Row {
  const values = items.map(item => figure(item) ?? null)
  const {unit, text} = styling(values)
  return {
    head: headWith(head, unit),
    cells: values.map(value => ({text: value === null ? none : text(value)})),
  }
}

export const headWith = (head: string, unit: string): string => (unit === '' ? head : `${head}, ${unit}`)

export const counts = <T>(head: string, items: readonly T[], figure: Figure<T>) => rowOf(head, items, figure, asCounts)
export const ratios = <T>(head: string, items: readonly T[], figure: Figure<T>) =>
  rowOf(head, items, figure, asRatios(2))
/** The same for what is mostly far below one. */
export const fineRatios = <T>(head: string, items: readonly T[], figure: Figure<T>) =>
  rowOf(head, items, figure, asRatios(4))
export const percents = <T>(head: string, items: readonly T[], figure: Figure<T>, digits = 1) =>
  rowOf(head, items, figure, asPercents(digits))
export const durations = <T>(head: string, items: readonly T[], figure: Figure<T>) =>
  rowOf(head, items, figure, asDurations)
export const bytes = <T>(head: string, items: readonly T[], figure: Figure<T>) => rowOf(head, items, figure, asBytes)
