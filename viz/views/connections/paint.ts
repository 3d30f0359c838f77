import {count} from '../../../sim/words/figures.ts'
import {type Brush, onlyInWindow, sign, write} from '../../draw/lanes.ts'
import {gutter, type Span} from '../../draw/timeline.ts'
import {families} from '../../recording/family.ts'
import type {Placed} from './chart.ts'
import type {Density} from './density.ts'
import {completed, endingsOf, isBroken, open} from './endings.ts'

/** Lanes of that many pixels have signs and labels of their own. */
const roomy = 11

/** Every life as a line from its begin to its end: quiet if all went well, else in its family's colour. */
export function paintLines(brush: Brush, chart: Placed, from: number, to: number): void {
  const {rack, recording, lane, body} = chart
  const {family} = endingsOf(recording)
  const {lives} = recording
  const first = Math.max(0, Math.floor((from - body) / lane) - 1)
  const last = Math.min(rack.lanes, Math.ceil((to - body) / lane) + 1)
  for (let k = first; k < last; k++)
    for (const row of rack.of(k)) {
      const [x1, x2] = [brush.scale.x(lives.from[row]!), brush.scale.x(lives.to[row]!)]
      paintLife(brush, family[row]!, {x1, x2, y: body + (k + 0.5) * lane, lane})
    }
}

/** Signs lie so many pixels apart. */
const apart = 10

/** The signs of what broke, where it did. Of those that would lie on one another the first is painted. */
export function paintSigns(brush: Brush, {rack, recording, lane, body}: Placed): void {
  const {family} = endingsOf(recording)
  const {to} = recording.lives
  const taken = new Set<number>()
  for (let k = 0; k < rack.lanes; k++)
    for (const row of rack.of(k)) {
      if (!isBroken(family[row]!)) continue
      const [x, y] = [brush.scale.x(to[row]!), body + (k + 0.5) * lane]
      const cell = Math.round(x / apart) * 1e6 + Math.round(y / apart)
      if (taken.has(cell)) continue
      taken.add(cell)
      sign(brush, families[family[row]!]!, x, y, Math.max(10, Math.min(13, lane)))
    }
}

interface Line {
  readonly x1: number
  readonly x2: number
  readonly y: number
  readonly lane: number
}

export function paintLife({context, palette}: Brush, family: number, {x1, x2, y, lane}: Line): void {
  const thick = Math.max(1, Math.min(isBroken(family) ? 4 : 2, Math.floor(lane / 2)))
  const top = Math.round(y - thick / 2)
  context.fillStyle = isBroken(family) ? palette.families[families[family]!] : palette.faint
  context.globalAlpha = isBroken(family) ? 1 : 0.8
  // A pixel is left free at the end, or the next life of a client would seem to be the same.
  context.fillRect(x1, top, Math.max(1.5, x2 - x1 - (family === completed ? 2 : 0)), thick)
  if (family === completed && lane >= 5) context.fillRect(x2 - 2, y - lane * 0.3, 1, lane * 0.6)
  if (family === open) arrow(context, x2, y, Math.min(4, lane / 2))
  context.globalAlpha = 1
}

function arrow(context: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  context.beginPath()
  context.moveTo(x + size, y)
  context.lineTo(x - size, y - size)
  context.lineTo(x - size, y + size)
  context.fill()
}

/** The share of a pixel's lanes that have a life there is told up to a fiftieth of them. */
const ramp = 50

/** How full each pixel is: of what broke in its family's colour, and fully in it where that happened. */
export function densityPicture({columns, rows, lanes, family, ...grid}: Density, {palette}: Brush): OffscreenCanvas {
  const canvas = new OffscreenCanvas(columns, rows)
  const context = canvas.getContext('2d')!
  const image = context.createImageData(columns, rows)
  const pixels = new Uint32Array(image.data.buffer)
  const quiet = bytesOf(palette.faint)
  const loud = families.map(it => bytesOf(palette.families[it]))
  for (let cell = 0; cell < pixels.length; cell++) {
    const lives = grid.lives[cell]!
    if (lives === 0) continue
    const share = Math.min(1, lives / lanes[Math.floor(cell / columns)]!)
    const isLoud = grid.doomed[cell]! > 0
    const strength =
      grid.broken[cell]! > 0 ? 1 : 0.15 + (isLoud ? 0.55 : 0.6) * (Math.log1p(ramp * share) / Math.log1p(ramp))
    pixels[cell] = (isLoud ? loud[family[cell]!]! : quiet) | (Math.round(255 * strength) << 24)
  }
  context.putImageData(image, 0, 0)
  return canvas
}

/** A colour as images store it, without its alpha. */
function bytesOf(colour: string): number {
  const rgb = Number.parseInt(colour.slice(1), 16)
  return ((rgb & 0xff) << 16) | (rgb & 0xff00) | (rgb >> 16)
}

/** Labels in the gutter: of groups of lanes, or of single lanes that are high enough. */
export function paintLabels(brush: Brush, {rack, lane, body, groupOf, labelOf}: Placed): void {
  let start = 0
  for (let k = 1; k <= rack.lanes; k++) {
    const group = groupOf(start)
    if (k < rack.lanes && groupOf(k) === group) continue
    if (group !== '') paintGroup(brush, group, k - start, body + start * lane, (k - start) * lane)
    start = k
  }
  if (lane < roomy || (rack.lanes > 0 && groupOf(0) !== '')) return
  for (let k = 0; k < rack.lanes; k++)
    write(brush, labelOf(k), {x: gutter - 8, y: body + (k + 0.5) * lane, most: gutter - 12}, {size: 11, align: 'right'})
}

function paintGroup(brush: Brush, name: string, lanes: number, y: number, height: number): void {
  const {context, palette} = brush
  context.fillStyle = palette.faint
  context.fillRect(gutter - 5, y + 0.5, 2, Math.max(1, height - 1))
  if (height < 12) return
  const x = gutter - 10
  const middle = y + height / 2
  write(brush, name, {x, y: height < 28 ? middle : middle - 7, most: x - 4}, {size: 11, align: 'right'})
  if (height >= 28) write(brush, count(lanes), {x, y: middle + 7}, {size: 11, align: 'right', colour: palette.faint})
}

/** What began later is not in the sample, for it is full. */
export function paintFull(brush: Brush, at: number | undefined, {from, to}: Span, {body, height}: Placed): void {
  if (at === undefined || at >= to) return
  const {context, palette, scale} = brush
  const x = scale.x(Math.max(from, at))
  onlyInWindow(brush, () => {
    context.fillStyle = palette.wash
    context.globalAlpha = 0.7
    context.fillRect(x, body, brush.width - x, height)
    context.globalAlpha = 1
    context.fillStyle = palette.faint
    for (let y = body; y < body + height; y += 7) context.fillRect(x, y, 1, 4)
    write(brush, 'the sample is full', {x: x + 6, y: body + 10}, {size: 11, colour: palette.faint, rim: true})
  })
}
