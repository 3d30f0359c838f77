import {firstAfter} from '../../../sim/trace/ledger.ts'
import type {Desk} from '../../desk/desk.ts'
import {h, say} from '../../draw/dom.ts'
import {type Lanes, noLanes} from './lanes.ts'

/** Lanes that PageUp and PageDown pass. */
const page = 10
let made = 0

/**
 * The lanes as a list box: one of them is active and is there as an option, with all that is to be said of it. Up and down
 * lead from lane to lane, left and right to the instants at which something changes in it, Enter picks it.
 */
export class Roving {
  readonly list: HTMLElement
  readonly #told = h('span', {class: 'unseen'})
  readonly #option = h('div', {role: 'option', class: 'active', 'aria-selected': 'true'}, this.#told)
  readonly #name = `lane-${made++}`
  readonly #desk: Desk
  readonly #moved: (lane: number) => void
  #lanes = noLanes
  #active = 0

  /** `moved`: somebody has gone to another lane, or to another instant in it. */
  constructor(desk: Desk, label: string, moved: (lane: number) => void) {
    this.#desk = desk
    this.#moved = moved
    this.list = h(
      'div',
      {
        ...{class: 'content', role: 'listbox', tabindex: 0, 'aria-label': label},
        'aria-description': 'Up and down go from lane to lane, left and right to its changes, Enter picks it.',
        onkeydown: (event: KeyboardEvent) => this.#press(event),
        onfocus: () => this.#tell(),
      },
      this.#option,
    )
  }

  get active(): number {
    return this.#active
  }

  /** The lanes from now on. The one that was active stays so, if it is there. */
  show(lanes: Lanes): void {
    const id = this.#lanes.count > 0 ? this.#lanes.id(this.#active) : -1
    this.#lanes = lanes
    this.#option.hidden = lanes.count === 0
    if (lanes.count === 0 || lanes.id(this.#active) !== id) this.#active = Math.max(0, placeOf(lanes, id))
    this.#tell()
  }

  /** Another lane is active. */
  go(lane: number): void {
    this.#active = Math.min(this.#lanes.count - 1, Math.max(0, lane))
    this.#tell()
  }

  #press(event: KeyboardEvent): void {
    const {count} = this.#lanes
    if (count === 0 || event.ctrlKey || event.metaKey || event.altKey) return
    const {key} = event
    const step = {ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page, Home: -count, End: count}[key]
    if (step !== undefined) this.go(this.#active + step)
    else if (key === 'Enter') this.#lanes.press(this.#active, undefined)
    else if (key === 'ArrowLeft' || key === 'ArrowRight') this.#leap(key === 'ArrowRight')
    else return
    event.preventDefault()
    this.#moved(this.#active)
  }

  /** The clock goes to the next instant, or the one before, at which something changes in the lane. */
  #leap(forward: boolean): void {
    const {clock} = this.#desk
    const instants = this.#lanes.instants(this.#active)
    const place = forward ? firstAfter(instants, clock.time.value) : firstAfter(instants, clock.time.value - 1) - 1
    if (instants[place] !== undefined) clock.seek(instants[place])
    this.#tell()
  }

  #tell(): void {
    const {count, thick} = this.#lanes
    if (count === 0) return
    const option = this.#option
    option.style.transform = `translateY(${this.#lanes.top(this.#active)}px)`
    option.style.height = `${thick}px`
    option.setAttribute('aria-setsize', String(count))
    option.setAttribute('aria-posinset', String(this.#active + 1))
    // Another id for each lane, or a screen reader takes it for the one that it has told.
    option.id = `${this.#name}-${this.#active}`
    this.list.setAttribute('aria-activedescendant', option.id)
    say(this.#told, this.#lanes.name(this.#active, this.#desk.clock.time.value))
  }
}

function placeOf(lanes: Lanes, id: number): number {
  for (let lane = 0; lane < lanes.count; lane++) if (lanes.id(lane) === id) return lane
  return -1
}
