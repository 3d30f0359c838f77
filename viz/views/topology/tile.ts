import {conditionOf, type ProcessLook, unpacked} from '../../recording/look.ts'
import {type Brushes, line} from './brushes.ts'
import {cpuOf, isEmpty, levelOf, versionOf} from './face.ts'
import type {Tile} from './layout.ts'

type Square = Pick<Tile, 'x' | 'y' | 'size'>

/** From which size on a tile has room for it. */
const room = {outline: 7, cpu: 13, number: 24} as const
/** How much fainter is what is not filled. */
const faintness = 0.35

/**
 * A host in a square: filled from below as far as it is full of connections, in the pattern of its condition; halved while it
 * has two processes, the old one to the left; with a thin bar for its CPU, and a corner once it has the new version.
 */
export function paintHost(
  context: CanvasRenderingContext2D,
  brushes: Brushes,
  square: Square,
  look: number,
  gauges: number,
): void {
  const {x, y, size} = square
  context.clearRect(x - 1, y - 1, size + 2, size + 2)
  if (isEmpty(look, gauges)) return outline(context, square, brushes.palette.rule)
  const seen = unpacked(look)
  const condition = conditionOf(seen)
  const level = levelOf(gauges)
  if (condition === 'down') paintDown(context, brushes, square)
  else if (condition === 'out of rotation') paintHollow(context, brushes, square, level)
  else if (condition === 'two processes') paintTwo(context, brushes, square, level, seen.processes)
  else fill(context, brushes.of[condition], x, y, size, size, level)
  if (size >= room.outline) outline(context, square, brushes.palette.faint)
  if (condition !== 'down') paintCpu(context, brushes, square, cpuOf(gauges))
  if (versionOf(gauges) > 0) paintCorner(context, brushes, square)
}

/** Filled from below to a level, and faint above it. */
function fill(
  context: CanvasRenderingContext2D,
  brush: string | CanvasPattern,
  x: number,
  y: number,
  width: number,
  height: number,
  level: number,
): void {
  const full = Math.round(height * level)
  context.fillStyle = brush
  context.globalAlpha = faintness
  context.fillRect(x, y, width, height - full)
  context.globalAlpha = 1
  context.fillRect(x, y + height - full, width, full)
}

function outline(context: CanvasRenderingContext2D, {x, y, size}: Square, colour: string): void {
  context.strokeStyle = colour
  context.lineWidth = 1
  context.strokeRect(x + 0.5, y + 0.5, size - 1, size - 1)
}

function paintDown(context: CanvasRenderingContext2D, {of, palette}: Brushes, {x, y, size}: Square): void {
  const inset = size * 0.25
  context.fillStyle = of.down
  context.fillRect(x, y, size, size)
  context.strokeStyle = palette.paper
  context.lineWidth = Math.max(1, size / 10)
  line(context, x + inset, y + inset, x + size - inset, y + size - inset)
  line(context, x + inset, y + size - inset, x + size - inset, y + inset)
}

function paintHollow(context: CanvasRenderingContext2D, brushes: Brushes, {x, y, size}: Square, level: number): void {
  const rim = Math.max(1, Math.round(size / 6))
  fill(context, brushes.palette.conditions['out of rotation'], x, y, size, size, level)
  context.fillStyle = brushes.palette.paper
  context.fillRect(x + rim, y + rim, size - 2 * rim, size - 2 * rim)
}

const brushOf = {serving: 'serving', draining: 'draining', booting: 'booting', stalled: 'down'} as const

function paintTwo(
  context: CanvasRenderingContext2D,
  {of, palette}: Brushes,
  {x, y, size}: Square,
  level: number,
  processes: readonly ProcessLook[],
): void {
  const half = Math.floor(size / 2)
  fill(context, of[brushOf[processes[0]!]], x, y, half, size, level)
  fill(context, of[brushOf[processes.at(-1)!]], x + half, y, size - half, size, level)
  context.fillStyle = palette.paper
  context.fillRect(x + half - (size >= room.cpu ? 1 : 0.5), y, size >= room.cpu ? 2 : 1, size)
}

function paintCpu(
  context: CanvasRenderingContext2D,
  {palette}: Brushes,
  square: Square,
  cpu: number | undefined,
): void {
  const {x, y, size} = square
  if (cpu === undefined || size < room.cpu) return
  const thick = size >= room.number ? 3 : 2
  context.fillStyle = palette.paper
  context.fillRect(x + 1, y + size - thick - 2, size - 2, thick + 1)
  context.fillStyle = palette.ink
  context.fillRect(x + 1, y + size - thick - 1, Math.round((size - 2) * cpu), thick)
}

/** The new version is a corner, with its number where that can be read. */
function paintCorner(context: CanvasRenderingContext2D, {palette}: Brushes, {x, y, size}: Square): void {
  const side = Math.max(3, Math.round(size * (size >= room.number ? 0.5 : 0.42)))
  context.fillStyle = palette.ink
  context.beginPath()
  context.moveTo(x + size - side, y)
  context.lineTo(x + size, y)
  context.lineTo(x + size, y + side)
  context.fill()
  if (size < room.number) return
  context.fillStyle = palette.paper
  context.font = `700 ${Math.round(size * 0.26)}px system-ui, sans-serif`
  context.textAlign = 'right'
  context.fillText('1', x + size - 2, y + Math.round(size * 0.28))
}

/** An L4 host: full if it forwards, hollow if routers send it nothing, crossed out if it forwards nothing. */
export function paintBalancer(
  context: CanvasRenderingContext2D,
  brushes: Brushes,
  square: Square,
  forwarding: number,
): void {
  const {x, y, size} = square
  context.clearRect(x - 1, y - 1, size + 2, size + 2)
  if ((forwarding & 2) === 0) paintDown(context, brushes, square)
  else if ((forwarding & 1) === 0) paintHollow(context, brushes, square, 1)
  else {
    context.fillStyle = brushes.of.serving
    context.fillRect(x, y, size, size)
  }
  outline(context, square, brushes.palette.faint)
}
