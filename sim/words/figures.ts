/** What stands for a number that there is not: nothing completed, nothing was released. */
export const none = '–'

/** A whole number with separators: 1,234,567. */
export const count = (value: number) => value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',')

/** With a fixed number of decimals, and separators before them. */
export function decimal(value: number, digits: number): string {
  const [whole = '', fraction] = value.toFixed(digits).split('.')
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction ? `.${fraction}` : '')
}

/** With three significant digits, or all of its whole ones: 0.123, 12.3, 12,345. */
export function significant(value: number): string {
  if (value === 0) return '0'
  const digits = 2 - Math.floor(Math.log10(Math.abs(value)))
  return decimal(value, Math.min(Math.max(digits, 0), 6))
}

/** The same without digits that say nothing: 0.05, 12, 12,345. */
export function concise(value: number): string {
  const text = significant(value)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** A fraction in per cent; a share too small for three decimals is not shown as none. */
export function percent(fraction: number, digits = 1): string {
  const smallest = 10 ** -digits
  const value = fraction * 100
  return value > 0 && value < smallest / 2 ? `<${smallest}` : decimal(value, digits)
}

export interface Unit {
  readonly name: string
  readonly size: number
  /** A row is in this unit if its smallest value is at least so many of them. */
  readonly from: number
}
const times: readonly Unit[] = [
  {name: 'µs', size: 1e-6, from: 0},
  {name: 'ms', size: 1e-3, from: 0.1},
  {name: 's', size: 1, from: 1},
  {name: 'min', size: 60, from: 2},
  {name: 'h', size: 3600, from: 5},
]
const sizes: readonly Unit[] = [
  {name: 'B', size: 1, from: 0},
  {name: 'KiB', size: 2 ** 10, from: 1},
  {name: 'MiB', size: 2 ** 20, from: 1},
  {name: 'GiB', size: 2 ** 30, from: 1},
  {name: 'TiB', size: 2 ** 40, from: 1},
]

/** The unit in which a row of times (seconds) reads best: its smallest is no small fraction, its largest no million. */
export const timeUnit = (seconds: readonly (number | null)[]) => unitFor(seconds, times, 's')
/** The same for bytes. */
export const sizeUnit = (bytes: readonly (number | null)[]) => unitFor(bytes, sizes, 'B')

const million = 1e6

function unitFor(values: readonly (number | null)[], units: readonly Unit[], otherwise: string): Unit {
  const known = values.filter(value => value !== null && value > 0).map(Number)
  if (known.length === 0) return units.find(({name}) => name === otherwise)!
  const [smallest, largest] = [Math.min(...known), Math.max(...known)]
  const fine = units.findLastIndex(({size, from}) => smallest >= from * size)
  return units.find(({size}, i) => i >= fine && largest < million * size) ?? units.at(-1)!
}

/** A time for a sentence: 250 ms, 3.5 s, 1 min 30 s, 2 h, 1 h 41 min. */
export function inWords(seconds: number): string {
  if (seconds >= 3600) return inTwo(Math.round(seconds / 60), 'h', 'min')
  if (seconds >= 60) return inTwo(Math.round(seconds), 'min', 's')
  const unit = timeUnit([seconds])
  return `${concise(seconds / unit.size)} ${unit.name}`
}

function inTwo(smalls: number, large: string, small: string): string {
  const rest = smalls % 60
  return `${count(Math.floor(smalls / 60))} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`
}
