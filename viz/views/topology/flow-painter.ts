import type {Time} from '../../../sim/engine/time.ts'
import type {Canvas} from '../../draw/canvas.ts'
import {palette, signs} from '../../draw/palette.ts'
import {families} from '../../recording/family.ts'
import type {Channel, Flow} from './flow.ts'

const radius = 1.7
/** The side of the sign of something that broke. */
const side = 12

export const prefersStill = matchMedia('(prefers-reduced-motion: reduce)')

/** Paints what flows and what breaks on a canvas of its own, above the tiles. */
export class FlowPainter {
  readonly #canvas: Canvas
  readonly #run: number
  #signs: HTMLCanvasElement | undefined

  /** `run`: index of the run, for its colour. */
  constructor(canvas: Canvas, run: number) {
    this.#canvas = canvas
    this.#run = run
  }

  /** The colours or the screen are others now. */
  change(): void {
    this.#signs = undefined
  }

  paint(flow: Flow, time: Time, speed: number, busiest: number): void {
    const {context} = this.#canvas
    this.#canvas.clear()
    context.fillStyle = palette().runs[this.#run]!
    context.globalAlpha = 0.85
    context.beginPath()
    flow.flow(time, speed, busiest, this.#dot)
    context.fill()
    flow.broken(time, speed, this.#shard)
    context.globalAlpha = 1
  }

  /** The same for who does not want to see anything move. */
  paintStill(flow: Flow, time: Time, speed: number, ways: readonly Channel[]): void {
    const {context} = this.#canvas
    this.#canvas.clear()
    context.strokeStyle = palette().runs[this.#run]!
    context.globalAlpha = 0.5
    for (const {from, to, particles} of ways) {
      context.lineWidth = particles / 8
      context.beginPath()
      context.moveTo(from.x, from.y)
      context.lineTo(to.x, to.y)
      if (particles > 0) context.stroke()
    }
    flow.broken(time, speed, this.#fallen)
    context.globalAlpha = 1
  }

  readonly #dot = (x: number, y: number): void => {
    const {context} = this.#canvas
    context.moveTo(x + radius, y)
    context.arc(x, y, radius, 0, 7)
  }

  readonly #shard = (x: number, y: number, family: number, age: number): void => {
    const {context} = this.#canvas
    this.#signs ??= sprites(context.getTransform().a)
    const its = this.#signs.height
    context.globalAlpha = Math.min(1, 2 * (1 - age))
    context.drawImage(this.#signs, family * its, 0, its, its, x - side / 2, y - side / 2, side, side)
  }

  readonly #fallen = (x: number, y: number, family: number): void => this.#shard(x, y, family, 0)
}

/** The signs of the families in a row. */
function sprites(ratio: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  const pixels = Math.ceil(side * ratio)
  Object.assign(canvas, {width: pixels * families.length, height: pixels})
  const context = canvas.getContext('2d')!
  context.scale(pixels / side, pixels / side)
  context.font = `${side - 2}px system-ui, sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  const {families: colours, paper} = palette()
  families.forEach((family, i) => {
    context.strokeStyle = paper
    context.lineWidth = 2
    context.strokeText(signs[family], (i + 0.5) * side, side / 2)
    context.fillStyle = colours[family]
    context.fillText(signs[family], (i + 0.5) * side, side / 2)
  })
  return canvas
}
