import type {Family} from '../recording/family.ts'
import type {Fills} from './fills.ts'
import {type Palette, signs} from './palette.ts'
import {gutter, margin, type Timeline} from './timeline.ts'

/** What one paints lanes with. */
export interface Brush {
  readonly context: CanvasRenderingContext2D
  readonly palette: Palette
  readonly fills: Fills
  readonly scale: Timeline
  /** Of the whole picture, in pixels. */
  readonly width: number
}

export const font = (size: number, weight = 400): string => `${weight} ${size}px system-ui, sans-serif`

/** Text in the middle of a line at `y`. Too long a text is narrowed. */
export function write(
  {context, palette}: Brush,
  text: string,
  {x, y, most}: {readonly x: number; readonly y: number; readonly most?: number},
  {size = 12, weight = 400, align = 'left', colour = palette.ink, rim = false}: Hand = {},
): void {
  context.font = font(size, weight)
  context.fillStyle = colour
  context.textAlign = align
  context.textBaseline = 'middle'
  if (rim) {
    context.strokeStyle = palette.paper
    context.lineWidth = 3
    context.lineJoin = 'round'
    context.strokeText(text, x, y + 0.5)
  }
  context.fillText(text, x, y + 0.5, most)
}
interface Hand {
  readonly size?: number
  readonly weight?: number
  readonly align?: CanvasTextAlign
  readonly colour?: string
  /** Whether it is set off from what it lies on. */
  readonly rim?: boolean
}

/** The sign of a family, set off from what it lies on. */
export function sign(brush: Brush, family: Family, x: number, y: number, size = 11): void {
  write(brush, signs[family], {x, y}, {size, align: 'center', colour: brush.palette.families[family], rim: true})
}

/** The letter of a run on its colour. */
function badge(brush: Brush, run: number, x: number, y: number): void {
  const {context, palette} = brush
  context.fillStyle = palette.runs[run]!
  context.beginPath()
  context.arc(x, y, 8, 0, 2 * Math.PI)
  context.fill()
  write(brush, String.fromCharCode(65 + run), {x, y}, {size: 11, weight: 700, align: 'center', colour: palette.paper})
}

/** Faint lines where the ticks of the axis are. */
export function grid({context, palette, scale}: Brush, from: number, to: number): void {
  context.fillStyle = palette.rule
  for (const {x} of scale.ticks()) context.fillRect(Math.round(x), from, 1, to - from)
}

/** Nothing is painted on the labels, nor beyond the end of the window. */
export function onlyInWindow({context, width}: Brush, paint: () => void): void {
  context.save()
  context.beginPath()
  context.rect(gutter, -1e6, width - gutter - margin, 2e6)
  context.clip()
  paint()
  context.restore()
}

/** Pixels of a line over a group of lanes. */
export const headline = 24

/** What a group of lanes is, with the letter of its run if several are shown. A long title begins beside the labels. */
export function head(brush: Brush, run: number | undefined, title: string, text: string, top: number): void {
  const {context, palette, width} = brush
  const y = top + headline / 2
  if (run !== undefined) badge(brush, run, 16, y)
  const left = run === undefined ? 8 : 28
  context.font = font(13, 650)
  const wide = context.measureText(title).width
  const fits = left + wide < gutter - 4
  const after = fits ? gutter + 6 : gutter + wide + 14
  context.font = font(12)
  context.fillStyle = palette.paper
  context.fillRect(gutter + 2, top + 2, after + context.measureText(text).width + 4 - gutter, headline - 4)
  write(brush, title, {x: fits ? left : gutter + 6, y}, {size: 13, weight: 650})
  write(brush, text, {x: after, y, most: Math.max(1, width - after - 8)}, {colour: palette.faint})
}
