import type {Recording} from '../../recording/recording.ts'
import type {Rack} from './rack.ts'

/** A single line wants so many pixels; what has less is shown as density. */
const single = 3
const highest = 16
/** Below a chart. */
const gap = 8

/** The lives of one run, in lanes below a heading. */
export interface Chart {
  /** Index of the desk's runs. */
  readonly index: number
  readonly name: string
  readonly recording: Recording
  readonly rack: Rack
  /** How much it shows, in words. */
  readonly text: string
  /** Lanes that follow one another with the same group have it as their label; empty of none. */
  readonly groupOf: (lane: number) => string
  readonly labelOf: (lane: number) => string
}

/** A chart and where it lies. */
export interface Placed extends Chart {
  readonly top: number
  /** Where its lanes begin, and how high all of them and each of them are. */
  readonly body: number
  readonly height: number
  readonly lane: number
  readonly isDense: boolean
  /** Its first lane, as one counts all lanes. */
  readonly first: number
}

/** Charts below one another, each with a heading of so many pixels and so much room for its lanes. */
export function placed(charts: readonly Chart[], heading: number, room: number): readonly Placed[] {
  let [top, first] = [0, 0]
  return charts.map(chart => {
    const {lanes} = chart.rack
    const fit = room / Math.max(1, lanes)
    const lane = fit >= single ? Math.min(highest, Math.floor(fit)) : fit
    const height = Math.ceil(lane * lanes)
    const it = {...chart, top, body: top + heading, height, lane, isDense: fit < single, first}
    top += heading + height + gap
    first += lanes
    return it
  })
}

export const heightOf = (charts: readonly Placed[]): number => {
  const last = charts.at(-1)
  return last === undefined ? 0 : last.body + last.height + gap
}

/** The chart that holds a lane. */
export const chartOf = (charts: readonly Placed[], lane: number): Placed => charts.findLast(({first}) => first <= lane)!

/** The lane at a height, the first of them where they are dense; -1 between charts. */
export function laneAt(charts: readonly Placed[], y: number): number {
  const chart = charts.findLast(({body}) => body <= y)
  if (chart === undefined || y >= chart.body + chart.height) return -1
  return chart.first + Math.min(chart.rack.lanes - 1, Math.floor((y - chart.body) / chart.lane))
}

/** The life in these lanes that one points at; -1 if none is within `most` pixels. */
export function lifeAt(
  {recording, rack}: Pick<Chart, 'recording' | 'rack'>,
  lanes: {readonly from: number; readonly to: number},
  x: number,
  xOf: (time: number) => number,
  most: number,
): number {
  const {from, to} = recording.lives
  let [best, least] = [-1, most]
  for (let lane = lanes.from; lane < lanes.to; lane++)
    for (const row of rack.of(lane)) {
      const away = Math.max(0, xOf(from[row]!) - x, x - xOf(to[row]!))
      if (away < least) [best, least] = [row, away]
    }
  return best
}
