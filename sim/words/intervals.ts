import {decimal} from './figures.ts'
import type {Style} from './rows.ts'

/** A mean and half of its interval, in the unit of what they are of. */
interface Interval {
  readonly mean: number
  readonly half: number
}

/** 8,747 ± 92. Half of the interval is told as finely as the mean, for of what is finer nothing is known. */
export const intervalText = (it: Interval, style: Style): string => textOf(it, style, digitsOf(it.mean, style))

/**
 * The same of a difference, with its sign: −12 ± 30; where nothing is to be seen of it, without one. It is told as
 * finely as the means that it is of.
 */
export function differenceText({mean, half}: Interval, style: Style, means: readonly number[]): string {
  const text = textOf({mean: Math.abs(mean), half}, style, Math.max(...means.map(it => digitsOf(it, style))))
  return `${/^[0.]+ /.test(text) ? '' : mean < 0 ? '−' : '+'}${text}`
}

function textOf({mean, half}: Interval, {size}: Style, digits: number): string {
  const smallest = 10 ** -digits
  const isLess = half > 0 && half / size < smallest / 2
  return `${decimal(mean / size, digits)} ± ${isLess ? `<${smallest}` : decimal(half / size, digits)}`
}

const digitsOf = (value: number, {text}: Style): number => /\.(\d+)/.exec(text(value))?.[1]?.length ?? 0
