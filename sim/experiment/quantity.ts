import * as units from '../scenario/units.ts'

/** How a kind of number is written in a scenario. */
export interface QuantityKind {
  readonly name: 'duration' | 'share' | 'rate' | 'size' | 'bandwidth' | 'count' | 'number'
  /** In microseconds, parts of one, per second, bytes; undefined if the text is none of this kind. */
  parse(text: string): number | undefined
  /** What `parse` reads as the same. */
  format(value: number): string
  /** Whether there is nothing between two numbers that follow each other. */
  readonly isWhole: boolean
}

const kind = (
  name: QuantityKind['name'],
  parse: QuantityKind['parse'],
  format: QuantityKind['format'],
  isWhole = false,
): QuantityKind => ({name, parse, format, isWhole})

const ifLike = (pattern: RegExp) => (text: string) => (pattern.test(text) ? Number(text) : undefined)

const kinds: readonly QuantityKind[] = [
  kind('count', ifLike(/^\d+$/), value => String(Math.round(value)), true),
  kind('number', ifLike(/^\d+\.\d+$/), value => String(Number(value.toPrecision(12)))),
  kind('duration', units.parseDuration, units.formatDuration),
  kind('share', units.parseFraction, units.formatFraction),
  kind('rate', units.parseRate, units.formatRate),
  kind('bandwidth', units.parseBandwidth, units.formatBandwidth, true),
  kind('size', units.parseSize, units.formatSize, true),
]

/** A number with its unit as scenario files have them, as 20m, 5%, 400/s, 64KiB or 3; undefined if the text is none. */
export function quantityOf(text: string): {readonly kind: QuantityKind; readonly value: number} | undefined {
  for (const kind of kinds) {
    const value = kind.parse(text)
    if (value !== undefined) return {kind, value}
  }
  return undefined
}

/** To so many significant digits, so that nobody reads more into a number than is known; whole where that kind is. */
export function rounded(value: number, {name, isWhole}: QuantityKind, digits = 3): number {
  // Durations are rounded as seconds, which they are written in.
  const unit = name === 'duration' && value >= 1e6 ? 1e6 : 1
  const round = Number((value / unit).toPrecision(digits)) * unit
  return isWhole || name === 'duration' ? Math.round(round) : round
}
