import {letterOf, type Run} from '../../desk/run.ts'
import {h, say} from '../../draw/dom.ts'
import type {Step} from './steps.ts'

/** A tour that somebody is on, and how far they have come. */
export interface Tour {
  readonly steps: readonly Step[]
  readonly place: number
}

/** Says what a tour says, with buttons that stay where they are whatever is said. */
export class Card {
  readonly element: HTMLElement
  readonly #go: (to: Tour | undefined) => void
  #tour: Tour | undefined
  readonly #title = h('h2', {id: 'tour-title'})
  readonly #run = h('span', {class: 'run'})
  readonly #caption = h('p', {id: 'tour-caption'})
  readonly #lines = h('pre', {tabindex: 0, 'aria-label': 'From the scenario file'})
  readonly #progress = h('span', {class: 'progress'})
  readonly #back = h('button', {type: 'button', onclick: () => this.#move(-1)}, 'Back')
  readonly #next = h('button', {type: 'button', class: 'next', onclick: () => this.#move(1)}, 'Next')
  #before: Element | null = null

  /** `go` takes the page to a stop of the tour, or ends it. */
  constructor(go: (to: Tour | undefined) => void) {
    this.#go = go
    const close = h('button', {type: 'button', onclick: () => this.#end()}, 'Close')
    this.element = h(
      'section',
      {class: 'tour', tabindex: -1, hidden: true, 'aria-labelledby': 'tour-title', 'aria-describedby': 'tour-caption'},
      h('div', {class: 'words', 'aria-live': 'polite'}, this.#title, this.#run, this.#caption, this.#lines),
      h('div', {class: 'moves'}, this.#progress, this.#back, this.#next, close),
    )
    this.element.addEventListener('keydown', event => this.#key(event))
  }

  tell(now: Tour | undefined, runs: readonly Run[]): void {
    this.#tour = now
    const isNew = this.element.hidden
    this.element.hidden = now === undefined
    if (now === undefined) return
    const {steps, place} = now
    const {title, caption, lines, focus, ofAll} = steps[place]!
    say(this.#title, title)
    say(this.#caption, caption)
    say(this.#lines, lines ?? '')
    this.#lines.hidden = lines === undefined
    say(this.#progress, `${place + 1} of ${steps.length}`)
    this.#tellRun(focus, runs)
    this.#run.hidden = runs.length < 2 || ofAll === true
    this.#back.setAttribute('aria-disabled', String(place === 0))
    say(this.#next, place === steps.length - 1 ? 'Done' : 'Next')
    if (isNew) this.#begin()
  }

  #tellRun(focus: number, runs: readonly Run[]): void {
    say(this.#run, `${letterOf(focus)} ${runs[focus]?.lane.label ?? ''}`)
    this.#run.className = `run run-${focus}`
  }

  #begin(): void {
    this.#before = document.activeElement
    this.element.focus({preventScroll: true})
  }

  #end(): void {
    this.#go(undefined)
    if (this.#before instanceof HTMLElement) this.#before.focus({preventScroll: true})
  }

  #move(by: -1 | 1): void {
    const now = this.#tour
    if (now === undefined || now.place + by < 0) return
    if (now.place + by === now.steps.length) return this.#end()
    this.#tour = {...now, place: now.place + by}
    this.#go(this.#tour)
  }

  /** Space and Return go on, unless they press a button. */
  #key(event: KeyboardEvent): void {
    const pressed = event.target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' ')
    if (pressed || event.ctrlKey || event.metaKey || event.altKey) return
    if (['ArrowRight', 'Enter', ' ', 'PageDown'].includes(event.key)) this.#move(1)
    else if (['ArrowLeft', 'Backspace', 'PageUp'].includes(event.key)) this.#move(-1)
    else if (event.key === 'Escape') this.#end()
    else return
    event.preventDefault()
  }
}
