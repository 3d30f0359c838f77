import type {Time} from '../../../sim/engine/time.ts'
import type {Desk} from '../../desk/desk.ts'
import {h, say} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import type {Span, Timeline} from '../../draw/timeline.ts'
import {clockText} from '../../draw/words.ts'

/** What moves over a pane: the clock, the crosshair and a stretch that is being marked. To move it redraws nothing else. */
export class Marks {
  readonly element: HTMLElement
  readonly #stretch = h('div', {class: 'stretch', hidden: true})

  constructor(desk: Desk, scale: () => Timeline) {
    const clock = h('div', {class: 'clock'})
    const at = h('span', {})
    const crosshair = h('div', {class: 'crosshair'}, at)
    this.element = h('div', {class: 'marks', 'aria-hidden': 'true'}, this.#stretch, crosshair, clock)
    const put = (mark: HTMLElement, time: Time | undefined) => {
      const {from, to} = desk.window.value
      mark.hidden = time === undefined || time < from || time > to
      if (!mark.hidden) mark.style.transform = `translateX(${scale().x(time!)}px)`
    }
    drawn(this.element, [desk.clock.time, desk.window], () => put(clock, desk.clock.time.value))
    drawn(this.element, [desk.cursor, desk.window], () => {
      const {value} = desk.cursor
      put(crosshair, value)
      if (value !== undefined) say(at, clockText(value, grainOf(desk.window.value)))
    })
  }

  mark(span: Span | undefined, scale: Timeline): void {
    this.#stretch.hidden = span === undefined
    if (span === undefined) return
    this.#stretch.style.transform = `translateX(${scale.x(span.from)}px)`
    this.#stretch.style.width = `${scale.x(span.to) - scale.x(span.from)}px`
  }
}

/** As fine as the eye can tell instants of a window apart. */
const grainOf = ({from, to}: Span): number => {
  const span = to - from
  return span > 120_000_000 ? 1_000_000 : span > 120_000 ? 1_000 : 1
}
