import type {Option} from '../strategies/option.ts'
import {formatDuration, formatFraction} from './units.ts'

/** An option's default, as a scenario file spells it. */
export function defaultText(option: Option): string {
  if (option.kind === 'duration') return formatDuration(option.default)
  if (option.kind === 'batch') return batchText(option.default)
  if (option.kind === 'law') return option.text
  return String(option.default)
}

function batchText(size: number): string {
  if (size === Infinity) return '100%'
  return size < 1 ? formatFraction(size) : `${size}`
}
