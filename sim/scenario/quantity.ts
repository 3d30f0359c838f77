import * as v from 'valibot'
import type {Duration} from '../engine/time.ts'
import {either, type Schema} from './map.ts'
import {oneOf} from './nearest.ts'
import * as units from './units.ts'

/** A year: nothing in a scenario takes longer. */
export const longest: Duration = units.parseDuration('365d')!

interface Bounds {
  readonly least?: number
  readonly most?: number
  /** Whether `none` may stand there, for Infinity. */
  readonly none?: boolean
  /** What else may stand there, to be told to whoever writes neither. */
  readonly or?: string
}

interface Measure {
  readonly what: string
  /** What a bare number was probably meant for. */
  readonly meant: (bare: number) => string
  readonly pattern: RegExp
  readonly parse: (text: string) => number | undefined
  readonly format: (value: number) => string
}

/** Microseconds from text such as `250ms`, `20m` or `1h30m`. */
export const duration = (bounds: Bounds = {}): Schema<Duration> =>
  measured(
    {
      what: 'a duration such as 250ms, 20m or 1h30m',
      meant: bare => `${bare}s`,
      pattern: units.durationPattern,
      parse: units.parseDuration,
      format: units.formatDuration,
    },
    {most: longest, ...bounds},
  )

/** Per second, from text such as `400/s` or `30/m`. */
export const rate = (bounds: Bounds = {}): Schema<number> =>
  measured(
    {
      what: 'a rate such as 400/s or 30/m',
      meant: bare => `${bare}/s`,
      pattern: units.ratePattern,
      parse: units.parseRate,
      format: units.formatRate,
    },
    {most: mostPerSecond, ...bounds},
  )
export const mostPerSecond = 10_000_000

/** Bytes, from text such as `512MiB` or `32KiB`. */
export const size = (bounds: Bounds = {}): Schema<number> =>
  measured(
    {
      what: 'a size such as 512MiB or 32KiB',
      meant: bare => `${bare}MiB`,
      pattern: units.sizePattern,
      parse: units.parseSize,
      format: units.formatSize,
    },
    {most: 2 ** 44, ...bounds},
  )

/** Bytes per second, from text such as `1MB/s` or `1.25GB/s`. */
export const bandwidth = (): Schema<number> =>
  measured(
    {
      what: 'a bandwidth such as 1MB/s or 1.25GB/s',
      meant: bare => `${bare}MB/s`,
      pattern: units.bandwidthPattern,
      parse: units.parseBandwidth,
      format: units.formatBandwidth,
    },
    {least: 1, most: 2 ** 44},
  )

/** 0.2 from `20%`. A bare number is refused: nobody could tell whether 1 is a hundredth or all. */
export const fraction = (bounds: Bounds = {}): Schema<number> =>
  measured(
    {
      what: 'a share such as 20%',
      meant: bare => (bare > 1 ? `${bare}%` : units.formatFraction(bare)),
      pattern: units.fractionPattern,
      parse: units.parseFraction,
      format: units.formatFraction,
    },
    {most: 1, ...bounds},
  )

function measured(measure: Measure, bounds: Bounds): Schema<number> {
  const {least = 0, most = Infinity, none = false} = bounds
  const wanted = (issue: v.BaseIssue<unknown>) => advice(measure, bounds, issue.input)
  const isWithin = (value = Number.NaN) => value >= least && value <= most
  return v.pipe(
    v.string(wanted),
    v.regex(none ? new RegExp(`^none$|${measure.pattern.source}`) : measure.pattern, wanted),
    v.check(text => text === 'none' || isWithin(measure.parse(text)), wanted),
    v.transform(text => (text === 'none' ? Infinity : measure.parse(text)!)),
  )
}

function advice({what, meant, format}: Measure, {least = 0, most, none, or}: Bounds, input: unknown): string {
  const range = [least > 0 ? `at least ${format(least)}` : '', most === undefined ? '' : `at most ${format(most)}`]
  const hint = typeof input === 'number' && input > 0 ? [`with its unit: ${meant(input)}`] : []
  const parts = [what, ...hint, ...range.filter(part => part !== '')]
  return [parts.join(', '), ...(none ? ['or none'] : []), ...(or === undefined ? [] : [`or ${or}`])].join(', ')
}

/** A whole number in a range. */
export function whole(least: number, most: number, wanted = wholeFrom(least, most)): Schema<number> {
  return v.pipe(v.number(wanted), v.integer(wanted), v.minValue(least, wanted), v.maxValue(most, wanted))
}

const wholeFrom = (least: number, most: number) => `a whole number from ${least} to ${most}`

/** A number in a range, with a point or without. */
export function decimal(least: number, most: number): Schema<number> {
  const wanted = `a number from ${least} to ${most}`
  return v.pipe(v.number(wanted), v.minValue(least, wanted), v.maxValue(most, wanted))
}

export const flag = (): Schema<boolean> => v.boolean('true or false')

/** One of a few words. */
export const word = <const W extends string>(words: readonly W[]): Schema<W> =>
  v.picklist(words, issue => oneOf(issue.input, words))

/** A text of at most so many characters. */
export function text(what: string, most: number): Schema<string> {
  const wanted = `${what} of 1 to ${most} characters`
  return v.pipe(v.string(wanted), v.minLength(1, wanted), v.maxLength(most, wanted))
}

/** A count, or `none` for Infinity. */
export const countOrNone = (least: number, most: number): Schema<number> =>
  either(
    input => input === 'none',
    v.pipe(
      v.literal('none'),
      v.transform(() => Infinity),
    ),
    whole(least, most),
  )
