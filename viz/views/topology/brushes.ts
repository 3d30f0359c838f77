import {type Palette, palette} from '../../draw/palette.ts'
import type {Condition} from '../../recording/look.ts'

/** What tiles are painted with, made once for each theme and scale of the screen. */
export interface Brushes {
  readonly palette: Palette
  readonly of: Readonly<Record<Condition, string | CanvasPattern>>
}

/** The side of a pattern, in pixels of CSS. */
const side = 6

export function brushes(context: CanvasRenderingContext2D): Brushes {
  const colours = palette()
  const {conditions, paper, ink} = colours
  const hatch = pattern(context, conditions.draining, it => {
    it.strokeStyle = paper
    it.globalAlpha = 0.7
    it.lineWidth = 1.5
    for (const x of [-side, 0, side]) line(it, x - 1, side + 1, x + side + 1, -1)
  })
  const dots = pattern(context, conditions.booting, it => {
    it.fillStyle = ink
    for (const at of [1.5, 4.5]) it.fillRect(at - 0.75, at - 0.75, 1.5, 1.5)
  })
  return {palette: colours, of: {...conditions, draining: hatch, booting: dots, 'out of rotation': paper}}
}

function pattern(
  context: CanvasRenderingContext2D,
  ground: string,
  draw: (context: CanvasRenderingContext2D) => void,
): CanvasPattern {
  const ratio = context.getTransform().a
  const canvas = document.createElement('canvas')
  Object.assign(canvas, {width: Math.round(side * ratio), height: Math.round(side * ratio)})
  const its = canvas.getContext('2d')!
  its.scale(canvas.width / side, canvas.height / side)
  its.fillStyle = ground
  its.fillRect(0, 0, side, side)
  draw(its)
  const made = context.createPattern(canvas, 'repeat')!
  made.setTransform(new DOMMatrix().scale(side / canvas.width))
  return made
}

export function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath()
  context.moveTo(x1, y1)
  context.lineTo(x2, y2)
  context.stroke()
}
