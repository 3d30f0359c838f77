import * as v from 'valibot'
import type {RateCurve} from '../net/options.ts'
import {either, isMap, map, type Schema, single} from './map.ts'
import {duration, fraction, mostPerSecond, rate} from './quantity.ts'
import {formatRate} from './units.ts'

const wantedPoints = 'a list of points [time, rate], such as [[0s, 100/s], [1h, 400/s]], each later than the one before'

const points = v.pipe(
  v.array(v.strictTuple([duration(), rate()], wantedPoints), wantedPoints),
  v.minLength(1, wantedPoints),
  v.check(list => list.every(([at], i) => i === 0 || list[i - 1]![0] < at), wantedPoints),
  v.transform(list => ({kind: 'points' as const, points: list.map(([at, perSecond]) => ({at, perSecond}))})),
)

const day = v.pipe(
  map({
    mean: [rate(), 'The mean over a period.'],
    swing: [fraction(), 'Peak over mean, less one: 50% swings between half and one and a half times the mean.'],
    period: [v.optional(duration({least: 1_000_000}), '24h'), 'From one peak to the next.'],
    peakAt: [v.optional(duration(), '14h'), 'When the peak is.'],
  }),
  v.check(
    ({mean, swing}) => mean * (1 + swing) <= mostPerSecond,
    `a mean and a swing whose peak is at most ${formatRate(mostPerSecond)}`,
  ),
  v.transform(it => ({kind: 'day' as const, ...it})),
)

/** `400/s`, `{points: [[0s, 100/s], [1h, 400/s]]}`, or `{day: {mean, swing, period, peakAt}}`. */
export const rateSchema: Schema<RateCurve> = either(
  isMap,
  single({
    points: [points, 'The rate at points in time; straight lines between them, and level before and after.'],
    day: [day, 'A sine, as the traffic of a day.'],
  }),
  v.pipe(
    rate({or: '{points: …} or {day: …}'}),
    v.transform(perSecond => ({kind: 'constant' as const, perSecond})),
  ),
)
