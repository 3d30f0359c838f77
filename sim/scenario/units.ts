import type {Duration} from '../engine/time.ts'

/** How much is written: a number, then its unit. No exponents, no signs, no spaces. */
const number = String.raw`\d+(?:\.\d+)?`

const durationUnits = {d: 86_400_000_000, h: 3_600_000_000, m: 60_000_000, s: 1_000_000, ms: 1_000, us: 1} as const
const rateUnits = {s: 1, m: 60, h: 3_600, d: 86_400} as const
const sizeUnits = {
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
} as const

const alternatives = (units: object): string => Object.keys(units).join('|')

/** `250us`, `1.5s`, `20m`, or several from the largest unit to the smallest: `1h30m`. */
export const durationPattern = new RegExp(
  `^(?=\\d)${Object.keys(durationUnits)
    .map(unit => `(?:(${number})${unit})?`)
    .join('')}$`,
)
export const ratePattern = new RegExp(`^(${number})/(${alternatives(rateUnits)})$`)
export const sizePattern = new RegExp(`^(${number})(${alternatives(sizeUnits)})$`)
export const bandwidthPattern = new RegExp(`^(${number})(${alternatives(sizeUnits)})/s$`)
export const fractionPattern = new RegExp(`^(${number})%$`)

/** Microseconds, rounded to whole ones; undefined if the text is no duration or one of more than 285 years. */
export function parseDuration(text: string): Duration | undefined {
  const parts = durationPattern.exec(text)?.slice(1)
  if (!parts) return undefined
  const scales = Object.values(durationUnits)
  const sum = parts.reduce((total, part, i) => total + Number(part ?? 0) * scales[i]!, 0)
  return sum <= Number.MAX_SAFE_INTEGER ? Math.round(sum) : undefined
}

/** Per second; undefined if the text is no rate. */
export function parseRate(text: string): number | undefined {
  const [, count, unit] = ratePattern.exec(text) ?? []
  return count === undefined ? undefined : finite(Number(count) / rateUnits[unit as keyof typeof rateUnits])
}

/** Bytes, rounded to whole ones; undefined if the text is no size. */
export function parseSize(text: string): number | undefined {
  const [, count, unit] = sizePattern.exec(text) ?? []
  return count === undefined ? undefined : finite(Math.round(Number(count) * sizeUnits[unit as keyof typeof sizeUnits]))
}

/** Bytes per second, rounded to whole ones, from text such as `1.25MB/s`; undefined if the text is no bandwidth. */
export const parseBandwidth = (text: string): number | undefined =>
  text.endsWith('/s') ? parseSize(text.slice(0, -'/s'.length)) : undefined

/** 0.2 for `20%`; undefined if the text is no percentage. */
export function parseFraction(text: string): number | undefined {
  const [, percent] = fractionPattern.exec(text) ?? []
  return percent === undefined ? undefined : finite(Number(`${percent}e-2`))
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined)

/** What `parseDuration` reads as the same: `1h30m`, `1.5s`, `250us`; Infinity is `none`. */
export function formatDuration(duration: Duration): string {
  if (duration === Infinity) return 'none'
  if (duration < durationUnits.m) return formatShort(duration)
  let left = duration
  let text = ''
  for (const unit of ['d', 'h', 'm'] as const) {
    const count = Math.floor(left / durationUnits[unit])
    left -= count * durationUnits[unit]
    if (count > 0) text += `${count}${unit}`
  }
  return left > 0 ? text + inUnit(left, durationUnits.s, 's') : text
}

function formatShort(duration: Duration): string {
  if (duration >= durationUnits.s || duration === 0) return inUnit(duration, durationUnits.s, 's')
  return duration >= durationUnits.ms ? inUnit(duration, durationUnits.ms, 'ms') : `${duration}us`
}

const inUnit = (value: number, scale: number, unit: string): string => `${decimal(value / scale)}${unit}`

/** As `400/s`, or by the longest time in which it is less than once. */
export function formatRate(perSecond: number): string {
  const units = Object.entries(rateUnits)
  const [unit, seconds] = units.find(([, scale]) => perSecond * scale >= 1) ?? units[perSecond === 0 ? 0 : 3]!
  return `${decimal(perSecond * seconds)}/${unit}`
}

/** In the largest binary unit that leaves at least one: `512MiB`, `1.5GiB`. */
export function formatSize(bytes: number): string {
  const [unit, scale] = (['TiB', 'GiB', 'MiB', 'KiB', 'B'] as const)
    .map(name => [name, sizeUnits[name]] as const)
    .find(([, size]) => bytes >= size) ?? ['B', 1]
  return `${decimal(bytes / scale)}${unit}`
}

export const formatBandwidth = (perSecond: number): string => `${formatSize(perSecond)}/s`

export const formatFraction = (fraction: number): string => `${decimal(fraction * 100)}%`

/** At most six digits after the point, and none that say nothing; never with an exponent. */
const decimal = (value: number): string => value.toFixed(6).replace(/\.?0+$/, '')
