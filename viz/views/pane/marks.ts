import type {Time} from '../../../sim/engine/time.ts'
import type {Desk} from '../../desk/desk.ts'
import {h, say} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import type {Span, Timeline} from '../../draw/timeline.ts'
import {clockText} from '../../draw/words.ts'

/** The time beside a crosshair that is nearer to the right edge would leave the pane. */
const room = 36

/** What moves over a pane: the clock, the crosshair and a stretch that is being marked. To move it redraws nothing else. */
export class Marks {
  readonly element: HTMLElement
  readonly #desk: Desk
  readonly #scale: () => Timeline
  readonly #clock = h('div', {class: 'clock'})
  readonly #at = h('span', {})
  readonly #crosshair = h('div', {class: 'crosshair'}, this.#at)
  readonly #stretch = h('div', {class: 'stretch', hidden: true})

  constructor(desk: Desk, scale: () => Timeline) {
    this.#desk = desk
    this.#scale = scale
    this.element = h('div', {class: 'marks', 'aria-hidden': 'true'}, this.#stretch, this.#crosshair, this.#clock)
    drawn(this.element, [desk.clock.time], () => this.#put(this.#clock, desk.clock.time.value))
    drawn(this.element, [desk.cursor], () => this.#cross())
  }

  /** Puts all of it where it belongs in a window that is another one, or has another width. */
  place(): void {
    this.#put(this.#clock, this.#desk.clock.time.value)
    this.#cross()
  }

  mark(span: Span | undefined): void {
    const scale = this.#scale()
    this.#stretch.hidden = span === undefined
    if (span === undefined) return
    this.#stretch.style.transform = `translateX(${scale.x(span.from)}px)`
    this.#stretch.style.width = `${scale.x(span.to) - scale.x(span.from)}px`
  }

  #cross(): void {
    const {cursor, window} = this.#desk
    this.#put(this.#crosshair, cursor.value)
    if (cursor.value === undefined) return
    say(this.#at, clockText(cursor.value, grainOf(window.value)))
    const isLate = this.#scale().x(cursor.value) > this.element.clientWidth - room
    this.#crosshair.classList.toggle('late', isLate)
  }

  #put(mark: HTMLElement, time: Time | undefined): void {
    const {from, to} = this.#desk.window.value
    mark.hidden = time === undefined || time < from || time > to
    if (time !== undefined && !mark.hidden) mark.style.transform = `translateX(${this.#scale().x(time)}px)`
  }
}

/** As fine as the eye can tell instants of a window apart. */
const grainOf = ({from, to}: Span): number => {
  const span = to - from
  return span > 120_000_000 ? 1_000_000 : span > 120_000 ? 1_000 : 1
}
