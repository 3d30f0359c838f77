import {h} from './dom.ts'
import {soon} from './frame.ts'

type Paint = (context: CanvasRenderingContext2D, from: number, to: number) => void

/** Pixels of CSS. */
const tileHeight = 480

/**
 * A picture that is higher than what is seen of it, in tiles: one is painted when it comes into sight, and again only
 * after `stale`. `paint` gets a context in which the picture's top is 0, and from where to where to paint.
 */
export class Tiles {
  readonly #place: HTMLElement
  readonly #scroller: HTMLElement
  readonly #paint: Paint
  readonly #tiles: {readonly canvas: HTMLCanvasElement; fresh: boolean}[] = []
  #width = 0
  #height = 0

  constructor(scroller: HTMLElement, place: HTMLElement, paint: Paint) {
    this.#scroller = scroller
    this.#place = place
    this.#paint = paint
    scroller.addEventListener('scroll', () => soon(() => this.draw()), {passive: true})
  }

  /** The picture is so large from now on, and all of it is another one. */
  stale(width: number, height: number): void {
    this.#width = width
    this.#height = height
    const count = Math.ceil(height / tileHeight)
    for (const {canvas} of this.#tiles.splice(count)) canvas.remove()
    while (this.#tiles.length < count) this.#tiles.push(this.#tile(this.#tiles.length))
    for (const tile of this.#tiles) tile.fresh = false
  }

  /** Paints what is in sight and stale. */
  draw(): void {
    const {scrollTop, clientHeight} = this.#scroller
    this.#tiles.forEach((tile, i) => {
      const from = i * tileHeight
      const to = Math.min(this.#height, from + tileHeight)
      if (tile.fresh || to < scrollTop || from > scrollTop + clientHeight) return
      tile.fresh = true
      this.#paint(this.#sized(tile.canvas, from, to), from, to)
    })
  }

  #tile(i: number) {
    const canvas = h('canvas', {'aria-hidden': 'true', class: 'tile'})
    canvas.style.top = `${i * tileHeight}px`
    this.#place.prepend(canvas)
    return {canvas, fresh: false}
  }

  /** To set a canvas's size clears it, and takes longer than to clear it. */
  #sized(canvas: HTMLCanvasElement, from: number, to: number): CanvasRenderingContext2D {
    const ratio = Math.min(2, devicePixelRatio)
    const [width, height] = [Math.round(this.#width * ratio), Math.round((to - from) * ratio)]
    if (canvas.width !== width || canvas.height !== height) {
      Object.assign(canvas, {width, height})
      canvas.style.width = `${this.#width}px`
      canvas.style.height = `${to - from}px`
    }
    const context = canvas.getContext('2d')!
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, this.#width, to - from)
    context.translate(0, -from)
    return context
  }
}
