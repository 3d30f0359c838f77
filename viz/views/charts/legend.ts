import type {Time} from '../../../sim/engine/time.ts'
import type {Desk} from '../../desk/desk.ts'
import {letterOf} from '../../desk/run.ts'
import {h, say, svg} from '../../draw/dom.ts'
import {dashes} from '../../draw/palette.ts'
import {timeline} from '../../draw/timeline.ts'
import {clockText} from '../../draw/words.ts'
import type {Lettered} from './plot.ts'

/** A piece of the line of a run, and its letter. */
export const legendKey = (index: number): Element[] => [
  svg(
    'svg',
    {class: 'sample', width: 24, height: 8, 'aria-hidden': 'true'},
    svg('line', {x1: 0, x2: 24, y1: 4, y2: 4, class: `run-${index}`, 'stroke-dasharray': dashes[index]!.join(' ')}),
  ),
  h('b', {}, letterOf(index)),
]

/** Which run is which, the instant that is looked at, and the clock along the top of all charts. */
export class Legend {
  readonly element: HTMLElement
  readonly #desk: Desk
  readonly #buttons: readonly HTMLElement[]
  readonly #runs: readonly Lettered[]
  readonly #axis = svg('svg', {'aria-hidden': 'true', class: 'clock'})
  readonly #at = h('span', {class: 'at'})

  constructor(desk: Desk, runs: readonly Lettered[]) {
    this.#desk = desk
    this.#runs = runs
    this.#buttons = runs.map(({index, run}) =>
      h(
        'button',
        {type: 'button', 'aria-pressed': 'false', onclick: () => desk.focus.set(index)},
        ...legendKey(index),
        run.lane.label,
      ),
    )
    const group = h('div', {role: 'group', 'aria-label': 'The run that is looked at closely'}, ...this.#buttons)
    this.element = h('div', {class: 'legend'}, h('div', {class: 'keys'}, group, this.#at), this.#axis)
  }

  paint(): void {
    const {focus} = this.#desk
    this.#buttons.forEach((button, i) => {
      button.setAttribute('aria-pressed', String(this.#runs[i]!.index === focus.value))
    })
    this.#axis.replaceChildren(
      ...timeline(this.#desk.window.value, this.element.clientWidth)
        .ticks()
        .map(({x, text}) =>
          svg('text', {x, y: 12, class: x > this.element.clientWidth - 40 ? 'late' : undefined}, text),
        ),
    )
  }

  read(at: Time): void {
    say(this.#at, `at ${clockText(at)}`)
  }
}
