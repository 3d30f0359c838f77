import {h} from '../../draw/dom.ts'
import {fillsOf} from '../../draw/fills.ts'
import {drawn} from '../../draw/frame.ts'
import type {Brush} from '../../draw/lanes.ts'
import {onNightfall, palette} from '../../draw/palette.ts'
import type {Watched} from '../../draw/signal.ts'
import {timeline} from '../../draw/timeline.ts'

/** Of a sample, in pixels. */
export const sample = {width: 30, height: 14}
export interface Sample {
  readonly text: string
  paint(brush: Brush): void
}

/** What things look like in a pane, each painted as it is there. */
export function legend(samples: () => readonly Sample[], changing: readonly Watched[]): HTMLElement {
  const element = h('ul', {class: 'legend', 'aria-label': 'Legend'})
  const draw = () => element.replaceChildren(...samples().map(item))
  drawn(element, changing, draw)
  onNightfall(draw)
  return element
}

function item({text, paint}: Sample): HTMLElement {
  const canvas = h('canvas', {'aria-hidden': 'true'})
  paint(brushFor(canvas))
  return h('li', {}, canvas, text)
}

function brushFor(canvas: HTMLCanvasElement): Brush {
  const {width, height} = sample
  Object.assign(canvas, {width: 2 * width, height: 2 * height})
  const context = canvas.getContext('2d')!
  context.scale(2, 2)
  const colours = palette()
  return {context, palette: colours, fills: fillsOf(colours), scale: timeline({from: 0, to: 1}, width), width}
}
