import type {Desk} from '../../desk/desk.ts'
import {pointing} from '../../desk/pointing.ts'
import {h} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import {Tiles} from '../../draw/tiles.ts'
import {gutter, margin, type Timeline, timeline} from '../../draw/timeline.ts'
import {Axis} from './axis.ts'
import {type Lanes, noLanes} from './lanes.ts'
import {Marks} from './marks.ts'
import {Roving} from './roving.ts'
import {Tip} from './tip.ts'

/** A press that moves by less is a click. */
const click = 4

/** Lanes below an axis of time, to be pointed at, gone through by keys, and scrolled when there are many. */
export class Pane {
  readonly element: HTMLElement
  readonly #desk: Desk
  readonly #axis = new Axis()
  readonly #tip = new Tip()
  readonly #picked = h('div', {class: 'picked', hidden: true})
  readonly #roving: Roving
  readonly #scroller: HTMLElement
  readonly #tiles: Tiles
  readonly #marks: Marks
  #lanes = noLanes

  constructor(desk: Desk, label: string) {
    this.#desk = desk
    this.#roving = new Roving(desk, label, lane => this.#follow(lane))
    const {list} = this.#roving
    list.append(this.#picked)
    this.#scroller = h('div', {class: 'scroller'}, list)
    this.#tiles = new Tiles(this.#scroller, list, (...place) => this.#lanes.paint(...place))
    this.#marks = new Marks(desk, () => this.scale)
    this.element = h('div', {class: 'pane'}, this.#axis.element, this.#scroller, this.#marks.element, this.#tip.element)
    pointing(desk, list, span => this.#marks.mark(span))
    this.#listen(list)
    drawn(this.element, [desk.picked], () => this.#markPicked())
  }

  get width(): number {
    return this.element.clientWidth
  }

  get scale(): Timeline {
    return timeline(this.#desk.window.value, this.width)
  }

  /** These lanes are shown from now on, and painted at once. */
  show(lanes: Lanes): void {
    const {list} = this.#roving
    this.#lanes = lanes
    list.style.width = `${this.width}px`
    list.style.height = `${lanes.height}px`
    this.#tip.hide()
    this.#axis.draw(this.scale, this.width)
    this.#tiles.stale(this.width, lanes.height)
    this.#roving.show(lanes)
    this.#tiles.draw()
    this.#markPicked()
    this.#marks.place()
  }

  #listen(list: HTMLElement): void {
    let pressedAt = 0
    const place = (event: MouseEvent) => {
      const {left, top} = list.getBoundingClientRect()
      return {x: event.clientX - left, lane: this.#lanes.at(event.clientY - top)}
    }
    list.addEventListener('pointerdown', event => {
      pressedAt = event.clientX
    })
    list.addEventListener('click', event => {
      const {x, lane} = place(event)
      if (lane < 0 || Math.abs(event.clientX - pressedAt) >= click) return
      this.#roving.go(lane)
      this.#lanes.press(lane, x < gutter ? undefined : this.scale.time(x))
    })
    list.addEventListener('pointermove', event => {
      const {x, lane} = place(event)
      this.#say(lane, this.scale.time(x), event.clientX, event.clientY)
    })
    list.addEventListener('pointerleave', () => this.#tip.hide())
    list.addEventListener('blur', () => this.#tip.hide())
    list.addEventListener('keydown', event => {
      if (event.key === 'Escape') this.#tip.hide()
    })
  }

  #say(lane: number, time: number, clientX: number, clientY: number): void {
    const text = lane < 0 ? undefined : this.#lanes.tip(lane, time)
    const {left, top} = this.element.getBoundingClientRect()
    if (text === undefined) this.#tip.hide()
    else this.#tip.show(text, clientX - left, clientY - top)
  }

  /** Somebody has gone to a lane by keys: it is brought into sight, and told beside the clock. */
  #follow(lane: number): void {
    const {clock} = this.#desk
    const scroller = this.#scroller
    const top = this.#lanes.top(lane)
    const {thick} = this.#lanes
    if (top < scroller.scrollTop) scroller.scrollTop = top
    else if (top + thick > scroller.scrollTop + scroller.clientHeight)
      scroller.scrollTop = top + thick - scroller.clientHeight
    const {left, top: above} = this.#roving.list.getBoundingClientRect()
    const x = Math.min(this.width, Math.max(gutter, this.scale.x(clock.time.value)))
    this.#say(lane, clock.time.value, left + x, above + top + thick)
  }

  #markPicked(): void {
    const picked = this.#lanes.picked()
    const mark = this.#picked
    mark.hidden = picked === undefined
    if (picked === undefined) return
    const {scale} = this
    const [from, to] = [Math.max(gutter, scale.x(picked.from)), Math.min(this.width - margin, scale.x(picked.to))]
    mark.style.transform = `translate(${from - 2}px, ${this.#lanes.top(picked.lane)}px)`
    mark.style.width = `${to - from + 4}px`
    mark.hidden = to < from
    mark.style.height = `${Math.max(3, this.#lanes.thick)}px`
  }
}
