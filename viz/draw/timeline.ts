import type {Duration, Time} from '../../sim/engine/time.ts'
import {clockText} from './words.ts'

/** A stretch of time. */
export interface Span {
  readonly from: Time
  readonly to: Time
}

/** Room to the left of every pane for its labels, and to the right: so that an instant is at one x in all of them. */
export const gutter = 92
export const margin = 12

/** Where instants of a window lie in a pane of so many pixels, and back. */
export interface Timeline {
  x(time: Time): number
  time(x: number): Time
  /** Where labels of the axis go, at distances that people count in. */
  ticks(): readonly {readonly at: Time; readonly x: number; readonly text: string}[]
}

export function timeline({from, to}: Span, width: number): Timeline {
  const perPixel = Math.max(1, to - from) / Math.max(1, width - margin - gutter)
  const x = (time: Time) => gutter + (time - from) / perPixel
  return {
    x,
    time: at => Math.round(Math.min(to, Math.max(from, from + (at - gutter) * perPixel))),
    ticks: () =>
      ticksOf(from, to, Math.max(2, (width - gutter - margin) / 96)).map(at => ({...tick(at, to - from), x: x(at)})),
  }
}

const tick = (at: Time, span: Duration) => ({
  at,
  text: clockText(at, span > 10_000_000 ? 1_000_000 : span > 10_000 ? 1_000 : 1),
})

const [second, minute, hour, day] = [1e6, 60e6, 3600e6, 86400e6]
const counted = [1, 2, 5, 10, 15, 30]
/** Distances between ticks, rising: 1, 2 and 5 of each power of ten below a second, then those of clocks. */
const steps: readonly Duration[] = [
  ...[1, 10, 100, 1e3, 1e4, 1e5].flatMap(unit => [1, 2, 5].map(count => count * unit)),
  ...[second, minute].flatMap(unit => counted.map(count => count * unit)),
  ...[1, 2, 3, 6, 12].map(count => count * hour),
  ...[1, 2, 7, 14, 30, 90, 365].map(count => count * day),
]

function ticksOf(from: Time, to: Time, most: number): Time[] {
  const step = steps.find(it => (to - from) / it <= most) ?? (to - from) / 2
  const first = Math.ceil(from / step)
  return Array.from({length: Math.max(0, Math.floor(to / step) - first + 1)}, (_, k) => (first + k) * step)
}
