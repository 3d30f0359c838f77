import {area, line} from 'd3'
import type {Band, Conclusion} from '../../reproduction/conclusion.ts'
import type {CurveFigure} from '../../reproduction/target.ts'
import {horizontalAxis, type Margin, type Scale, scaleFor, size, verticalAxis} from './frame.ts'
import {colour, dash, dot, hollow} from './marks.ts'
import {element, escaped} from './text.ts'

const margin: Margin = {left: 46, right: 16, top: 30, bottom: 44}

interface Place {
  readonly x: Scale
  readonly y: Scale
}
interface Point {
  readonly at: number
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** The lines of a figure over their bands, and what was published. */
export function drawCurves(figure: CurveFigure, {bands}: Conclusion): string {
  const lines = figure.lines.map(({curve}) => pointsOf(bands[curve]!))
  const published = figure.published?.points ?? []
  const all = lines.flat()
  const place: Place = {
    x: scaleFor(
      figure.x,
      [...all.map(it => it.at), ...published.map(([x]) => x)],
      [margin.left, size.width - margin.right],
    ),
    y: scaleFor(
      figure.y,
      [...all.flatMap(it => [it.low, it.high]), ...published.map(([, y]) => y)],
      [size.height - margin.bottom, margin.top],
    ),
  }
  return [
    horizontalAxis(figure.x, place.x, margin),
    verticalAxis(figure.y, place.y, margin),
    ...(figure.marks ?? []).map(({at, label}) => drawMark(at, label, place)),
    ...lines.map((points, index) => drawBand(points, index, place)),
    drawPublished(published, place),
    ...lines.map((points, index) => drawLine(points, index, place)),
  ].join('')
}

const pointsOf = ({at, estimates}: Band): Point[] =>
  estimates.map(({mean, half}, i) => ({at: at[i]!, mean, low: mean - half, high: mean + half}))

function drawBand(points: readonly Point[], index: number, {x, y}: Place): string {
  const path = area<Point>(
    it => x(it.at),
    it => y(it.low),
    it => y(it.high),
  ).digits(1)
  return element('path', {class: 'band', d: path(points) ?? '', fill: colour(index)})
}

function drawLine(points: readonly Point[], index: number, {x, y}: Place): string {
  const path = line<Point>(
    it => x(it.at),
    it => y(it.mean),
  ).digits(1)
  const stroke = {stroke: colour(index), 'stroke-dasharray': dash(index)}
  const dots = marked(points, index).map(it => dot(index, x(it.at), y(it.mean)))
  return element('path', {class: 'line', d: path(points) ?? '', ...stroke}) + dots.join('')
}

/** A few points of each line carry its shape, not the same ones on all lines, which may lie on each other. */
function marked(points: readonly Point[], index: number): Point[] {
  if (points.length <= 12) return [...points]
  const step = points.length / 6
  return [0, 1, 2, 3, 4, 5].map(i => points[Math.floor((i + 0.2 + index * 0.2) * step)]!)
}

function drawPublished(points: readonly (readonly [number, number])[], {x, y}: Place): string {
  if (points.length === 0) return ''
  return points.map(([at, value]) => hollow(x(at), y(value))).join('')
}

function drawMark(at: number, label: string, {x}: Place): string {
  const place = x(at).toFixed(1)
  const stroke = element('line', {class: 'mark', x1: place, x2: place, y1: margin.top, y2: size.height - margin.bottom})
  return stroke + element('text', {class: 'marked', x: (x(at) + 5).toFixed(1), y: margin.top + 10}, escaped(label))
}
