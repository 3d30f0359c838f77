import type {Time} from '../../../sim/engine/time.ts'
import type {Canvas} from '../../draw/canvas.ts'
import {type Brushes, brushes} from './brushes.ts'
import {type Faces, takesWork} from './face.ts'
import type {Layout} from './layout.ts'
import {paintBalancer, paintHost} from './tile.ts'

/** Paints hosts, each only when it looks different from how it was painted. */
export class TilePainter {
  readonly #canvas: Canvas
  readonly #faces: Faces
  #layout: Layout | undefined
  #brushes: Brushes | undefined
  #moment = -1
  #looks = new Int32Array(0)
  #gauges = new Int32Array(0)

  constructor(canvas: Canvas, faces: Faces) {
    this.#canvas = canvas
    this.#faces = faces
  }

  /** From now on nothing is as it was painted. */
  change(layout: Layout): void {
    this.#layout = layout
    this.#brushes = undefined
    this.#moment = -1
  }

  /** `open` is told of each tile whether new work comes there. */
  paint(time: Time, open: Uint8Array): void {
    if (this.#layout === undefined) return
    const {tiles} = this.#layout
    const moment = this.#faces.moment(time)
    if (moment === this.#moment) return
    this.#moment = moment
    this.#brushes ??= this.#begin(this.#layout)
    for (let i = 0; i < tiles.length; i++) {
      const {actor, isBalancer} = tiles[i]!
      const look = this.#faces.look(actor, time)
      const gauges = isBalancer ? 0 : this.#faces.gauges(actor, time)
      if (look === this.#looks[i] && gauges === this.#gauges[i]) continue
      this.#looks[i] = look
      this.#gauges[i] = gauges
      open[i] = Number(isBalancer ? look === 3 : takesWork(look))
      if (isBalancer) paintBalancer(this.#canvas.context, this.#brushes, tiles[i]!, look)
      else paintHost(this.#canvas.context, this.#brushes, tiles[i]!, look, gauges)
    }
  }

  #begin({tiles, labels}: Layout): Brushes {
    const {context} = this.#canvas
    const made = brushes(context)
    this.#looks = new Int32Array(tiles.length).fill(-1)
    this.#gauges = new Int32Array(tiles.length).fill(-1)
    this.#canvas.clear()
    context.fillStyle = made.palette.faint
    context.font = '11px system-ui, sans-serif'
    for (const {text, x, y, align} of labels) {
      context.textAlign = align
      context.fillText(text, x, y)
    }
    return made
  }
}
