import {count, decimal, none, percent, significant, sizeUnit, timeUnit, type Unit} from './figures.ts'
import type {Row} from './table.ts'

type Figure<T> = (item: T) => number | null | undefined

function row<T>(head: string, items: readonly T[], figure: Figure<T>, text: (value: number) => string): Row {
  const cells = items.map(item => {
    const value = figure(item)
    return {text: value === null || value === undefined ? none : text(value)}
  })
  return {head, cells}
}

/** Rows of figures, one of every item, with the unit in the head. What there is no number for becomes a dash. */
export const counts = <T>(head: string, items: readonly T[], figure: Figure<T>) => row(head, items, figure, count)

export const ratios = <T>(head: string, items: readonly T[], figure: Figure<T>) =>
  row(head, items, figure, value => decimal(value, 2))
/** The same for what is mostly far below one. */
export const fineRatios = <T>(head: string, items: readonly T[], figure: Figure<T>) =>
  row(head, items, figure, value => decimal(value, 4))

/** Fractions, in per cent. */
export const percents = <T>(head: string, items: readonly T[], figure: Figure<T>, digits = 1) =>
  row(`${head}, %`, items, figure, value => percent(value, digits))

/** Seconds, in the unit that suits the row. */
export const durations = <T>(head: string, items: readonly T[], figure: Figure<T>) =>
  scaled(head, items, figure, timeUnit)

/** Bytes, in the unit that suits the row. */
export const bytes = <T>(head: string, items: readonly T[], figure: Figure<T>) => scaled(head, items, figure, sizeUnit)

function scaled<T>(
  head: string,
  items: readonly T[],
  figure: Figure<T>,
  unitFor: (values: readonly (number | null)[]) => Unit,
): Row {
  const unit = unitFor(items.map(item => figure(item) ?? null))
  return row(`${head}, ${unit.name}`, items, figure, value => significant(value / unit.size))
}
