import type {Time} from '../../../sim/engine/time.ts'
import {count} from '../../../sim/words/figures.ts'
import {type Brush, sign, write} from '../../draw/lanes.ts'
import {gutter} from '../../draw/timeline.ts'
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

/** The signs of what broke, where it did. Of those that would lie on one another the first family's is painted. */
export function paintSigns(brush: Brush, {rack, recording, lane, body}: Placed): void {
  const {family} = endingsOf(recording)
  const {to} = recording.lives
  const broken: {readonly row: number; readonly y: number}[] = []
  for (let k = 0; k < rack.lanes; k++)
    for (const row of rack.of(k)) if (isBroken(family[row]!)) broken.push({row, y: body + (k + 0.5) * lane})
  broken.sort((a, b) => family[a.row]! - family[b.row]!)
  const taken = new Set<number>()
  for (const {row, y} of broken) {
    const x = brush.scale.x(to[row]!)
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

/** How full each pixel is: of what broke in its family's colour, and fully in it where that happened. */
export function densityPicture(
  {columns, rows, lanes, lives, doomed, broken}: Density,
  {palette}: Brush,
): OffscreenCanvas {
  const canvas = new OffscreenCanvas(columns, rows)
  const context = canvas.getContext('2d')!
  const image = context.createImageData(columns, rows)
  const pixels = new Uint32Array(image.data.buffer)
  const colours = [palette.faint, ...families.map(it => palette.families[it])].map(bytesOf)
  const alphas = new Map<number, Uint8Array>()
  for (let row = 0; row < rows; row++) {
    const count = lanes[row]!
    const alpha = alphas.get(count) ?? alphasFor(count)
    alphas.set(count, alpha)
    for (let cell = row * columns; cell < (row + 1) * columns; cell++)
      if (lives[cell]! > 0) {
        const strength = broken[cell]! > 0 ? 255 : alpha[Math.min(count, lives[cell]!)]!
        pixels[cell] = colours[doomed[cell]!]! | (strength << 24)
      }
  }
  context.putImageData(image, 0, 0)
  return canvas
}

/** The share of a pixel's lanes that have a life there is told down to a fiftieth. */
const ramp = 50

/** How opaque a pixel is with so many lives in so many lanes, rising as the logarithm. */
const alphasFor = (lanes: number): Uint8Array =>
  Uint8Array.from(
    {length: lanes + 1},
    (_, lives) => 255 * (0.15 + 0.6 * (Math.log1p((ramp * lives) / Math.max(1, lanes)) / Math.log1p(ramp))),
  )

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

/** What began later is not in the sample, for it is full: a ground for it, and over it the instant. */
export function paintFull({context, palette, scale, width}: Brush, at: Time, {body, height}: Placed): void {
  context.fillStyle = palette.wash
  context.fillRect(scale.x(at), body, width, height)
}

export function markFull(brush: Brush, at: Time, {body, height}: Placed): void {
  const {context, palette, scale} = brush
  const x = scale.x(at)
  context.fillStyle = palette.faint
  for (let y = body; y < body + height; y += 7) context.fillRect(x, y, 1, 4)
  write(brush, 'the sample is full', {x: x + 6, y: body + 10}, {size: 11, colour: palette.faint, rim: true})
}
