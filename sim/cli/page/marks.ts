import {symbol, symbolCircle, symbolDiamond, symbolSquare, symbolTriangle} from 'd3'
import {element} from './text.ts'

/** How one line of a figure looks: a colour of the style sheet, a dash and a shape, so that nobody needs the colour. */
const looks = [
  {dash: undefined, shape: symbolCircle},
  {dash: '7 4', shape: symbolSquare},
  {dash: '2 3', shape: symbolTriangle},
  {dash: '9 3 2 3', shape: symbolDiamond},
] as const

export const most = looks.length
export const colour = (index: number): string => `var(--line-${index + 1})`
export const dash = (index: number): string | undefined => looks[index]!.dash

const place = (x: number, y: number): string => `translate(${x.toFixed(1)},${y.toFixed(1)})`

export const dot = (index: number, x: number, y: number): string =>
  element('path', {d: symbol(looks[index]!.shape, 44)() ?? '', transform: place(x, y), fill: colour(index)})

/** What was published is hollow. */
export const hollow = (x: number, y: number): string =>
  element('circle', {class: 'published', r: 4, cx: x.toFixed(1), cy: y.toFixed(1)})

/** What stands for a line in the legend. */
export function swatch(index: number): string {
  const stroke = {x1: 1, x2: 35, y1: 7, y2: 7, stroke: colour(index), 'stroke-dasharray': dash(index)}
  return picture(element('line', {class: 'line', ...stroke}) + dot(index, 18, 7))
}

export const publishedSwatch = (): string => picture(hollow(18, 7))

const picture = (inside: string): string =>
  element('svg', {class: 'swatch', width: 36, height: 14, viewBox: '0 0 36 14', 'aria-hidden': 'true'}, inside)
