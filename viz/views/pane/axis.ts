import {svg} from '../../draw/dom.ts'
import type {Timeline} from '../../draw/timeline.ts'

/** A label nearer to the right edge would leave the pane. */
const room = 30

/** The instants along the top of a pane. */
export class Axis {
  readonly element = svg('svg', {class: 'axis', 'aria-hidden': 'true'})
  #drawn = ''

  draw(scale: Timeline, width: number): void {
    const ticks = scale.ticks()
    const drawn = ticks.map(({x, text}) => `${x} ${text}`).join()
    if (drawn === this.#drawn) return
    this.#drawn = drawn
    this.element.replaceChildren(
      ...ticks.flatMap(({x, text}) => [
        svg('line', {x1: x, x2: x, y1: 17, y2: 22}),
        x > width - room
          ? svg('text', {x: width - 3, y: 13, 'text-anchor': 'end'}, text)
          : svg('text', {x, y: 13, 'text-anchor': 'middle'}, text),
      ]),
    )
  }
}
