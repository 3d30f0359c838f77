import * as v from 'valibot'
import {toSeconds} from '../engine/time.ts'
import {either, isMap, isText, map, record, type Schema} from './map.ts'
import {fraction} from './quantity.ts'
import {
  durationPattern,
  fractionPattern,
  parseDuration,
  parseFraction,
  parseRate,
  parseSize,
  ratePattern,
  sizePattern,
} from './units.ts'

export interface Wish {
  readonly is?: number | null
  readonly within?: number
  readonly atLeast?: number
  readonly atMost?: number
}

const quantity = [durationPattern, ratePattern, sizePattern, fractionPattern]
  .map(({source}) => `(?:${source})`)
  .join('|')
const wantedNumber = 'a number of the report, as a number or with a unit: 3, 95%, 20m, 400/s, 512MiB'

/** A number of the report: seconds, shares, bytes and events per second may be written with their units. */
const number: Schema<number> = either(
  isText,
  v.pipe(
    v.string(wantedNumber),
    v.regex(new RegExp(quantity), wantedNumber),
    v.check(it => numberInReport(it) !== undefined, wantedNumber),
    v.transform(it => numberInReport(it)!),
  ),
  v.number(wantedNumber),
)

/** What a text with a unit is in a report: seconds, parts of one, per second or bytes; undefined if it is none. */
export function numberInReport(text: string): number | undefined {
  const duration = parseDuration(text)
  return duration === undefined ? (parseFraction(text) ?? parseRate(text) ?? parseSize(text)) : toSeconds(duration)
}

const isNull = (input: unknown): boolean => input === null
const exactly = either(isNull, v.null(), number)

const bounds = v.pipe(
  map({
    is: [
      v.exactOptional(exactly),
      'Exactly this, or nearly so with `within`. null: it had not come to that by the end.',
    ],
    within: [v.exactOptional(fraction()), 'How far from `is` it may be, as a share of it.'],
    atLeast: [v.exactOptional(number), 'No less than this.'],
    atMost: [v.exactOptional(number), 'No more than this.'],
  }),
  v.check(isClear, 'is, atLeast or atMost; within only beside a number in is; atLeast no more than atMost'),
)

function isClear({is, within, atLeast, atMost}: Wish): boolean {
  if (within !== undefined && typeof is !== 'number') return false
  if (atLeast !== undefined && atMost !== undefined && atLeast > atMost) return false
  return is !== undefined || atLeast !== undefined || atMost !== undefined
}

/** `0`, `95%`, `null`, or a map of bounds. */
const wish: Schema<Wish> = either(
  isMap,
  bounds,
  v.pipe(
    exactly,
    v.transform(is => ({is})),
  ),
)

export type Wishes = Readonly<Record<string, Wish>>
const wishes: Schema<Wishes> = record(v.string(), wish, 'a map from paths in the report to what is expected there')

/** What tells a path in the report from the name of a strategy. */
export const isReportPath = (key: string): boolean => key.includes('.')

/**
 * From paths in the report to what is expected there; below the name of a strategy, what is expected when that one
 * takes the place of the one that the file releases with.
 */
export const expectSchema: Schema<Readonly<Record<string, Wish | Wishes>>> = record(
  v.string(),
  either(input => isMap(input) && Object.keys(input).some(isReportPath), wishes, wish),
  'a map from paths in the report to what is expected there',
)
