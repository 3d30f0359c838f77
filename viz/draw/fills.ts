import type {ProcessLook} from '../recording/look.ts'
import type {Palette} from './palette.ts'

/** What a stretch of a process or host is filled with: a colour, and a pattern over it that says the same. */
export type Filling = ProcessLook | 'down'
export type Fills = Readonly<Record<Filling, (context: CanvasRenderingContext2D, box: Box) => void>>
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Pixels after which a pattern repeats. */
const size = 6
type Stroke = readonly [x1: number, y1: number, x2: number, y2: number]
const rising: readonly Stroke[] = [
  [0, size, size, 0],
  [-1, 1, 1, -1],
  [size - 1, size + 1, size + 1, size - 1],
]
const falling = rising.map(([x1, y1, x2, y2]): Stroke => [x1, size - y1, x2, size - y2])
const strokes: Readonly<Record<Filling, readonly Stroke[]>> = {
  serving: [],
  draining: rising,
  booting: [[size / 2, 0, size / 2, size]],
  stalled: [[0, size / 2, size, size / 2]],
  down: [...rising, ...falling],
}

/** Fills in the colours of a palette. */
export function fillsOf({conditions, paper}: Palette): Fills {
  const fill = (kind: Filling) => {
    const colour = kind === 'stalled' ? conditions.down : conditions[kind]
    const pattern = strokes[kind].length === 0 ? undefined : patternOf(strokes[kind], paper)
    return (context: CanvasRenderingContext2D, {x, y, width, height}: Box) => {
      context.fillStyle = colour
      context.fillRect(x, y, width, height)
      if (pattern === undefined || width < 2 || height < 2) return
      context.fillStyle = pattern
      context.fillRect(x, y, width, height)
    }
  }
  return {
    serving: fill('serving'),
    draining: fill('draining'),
    booting: fill('booting'),
    stalled: fill('stalled'),
    down: fill('down'),
  }
}

/** In twice as many pixels, for screens that have them. */
function patternOf(lines: readonly Stroke[], colour: string): CanvasPattern {
  const context = new OffscreenCanvas(2 * size, 2 * size).getContext('2d')!
  context.scale(2, 2)
  context.strokeStyle = colour
  context.globalAlpha = 0.55
  context.beginPath()
  for (const [x1, y1, x2, y2] of lines) {
    context.moveTo(x1, y1)
    context.lineTo(x2, y2)
  }
  context.stroke()
  const pattern = context.createPattern(context.canvas, 'repeat')!
  pattern.setTransform(new DOMMatrix().scale(0.5))
  return pattern
}
