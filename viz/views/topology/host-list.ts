import type {ActorId} from '../../../sim/net/events.ts'
import type {Desk} from '../../desk/desk.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {h, say} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import {hostSentence} from './host-words.ts'
import {type Layout, neighbour, type Tile} from './layout.ts'

/** Names of hosts that nobody looks at are told once the clock has stood still for so many milliseconds. */
const patience = 200
const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/**
 * The hosts as things that can be pointed at, named, and gone to by the keyboard: a list box that is one stop for the Tab
 * key, with an unpainted option over each tile.
 */
export class HostList {
  readonly element: HTMLElement
  readonly tip = h('div', {class: 'tip', 'aria-hidden': 'true', hidden: true})
  readonly #desk: Desk
  readonly #index: number
  readonly #run: ReadyRun
  #tiles: readonly Tile[] = []
  #options: readonly HTMLElement[] = []
  /** Which the keyboard is at, and which is told of in the tip. */
  #active = 0
  #told = -1
  #timer = 0

  constructor(desk: Desk, index: number, run: ReadyRun) {
    this.#desk = desk
    this.#index = index
    this.#run = run
    this.element = h('div', {
      role: 'listbox',
      tabindex: 0,
      class: 'tiles',
      'aria-label': `hosts of ${run.lane.label}`,
      onkeydown: (event: KeyboardEvent) => this.#key(event),
      onfocus: () => this.#go(this.#active),
      onblur: () => this.#tell(-1),
      onclick: ({target}: MouseEvent) => this.#pick(this.#options.indexOf(target as HTMLElement)),
      onpointerover: ({target}: PointerEvent) => this.#tell(this.#options.indexOf(target as HTMLElement)),
      onpointerleave: () => this.#tell(-1),
    })
    drawn(this.element, [desk.clock.time, desk.clock.playing], () => this.#say())
    drawn(this.element, [desk.picked, desk.focus], () => this.#mark())
  }

  /** Puts the options over their tiles. */
  lay({tiles}: Layout): void {
    if (tiles.length !== this.#options.length) {
      this.#options = tiles.map(({actor, isBalancer}, i) =>
        h('div', {
          role: 'option',
          id: `host-${this.#index}-${i}`,
          'aria-label': this.#name(actor),
          'aria-disabled': isBalancer ? 'true' : undefined,
        }),
      )
      this.element.replaceChildren(...this.#options)
      this.#active = Math.max(
        0,
        tiles.findIndex(({isBalancer}) => !isBalancer),
      )
    }
    this.#tiles = tiles
    tiles.forEach(({x, y, size}, i) => {
      Object.assign(this.#options[i]!.style, {left: `${x}px`, top: `${y}px`, width: `${size}px`, height: `${size}px`})
    })
    this.#mark()
    this.#say()
  }

  readonly #name = (actor: ActorId): string => hostSentence(this.#run.recording, actor, this.#desk.clock.time.value)

  #key(event: KeyboardEvent): void {
    const move = moves[event.key]
    const {length} = this.#tiles
    if (length === 0) return
    if (event.key === 'Escape' && this.#told >= 0) this.#tell(-1)
    else if (event.key === 'Enter') this.#pick(this.#active)
    else if (event.key === 'Home' || event.key === 'End') this.#go(event.key === 'Home' ? 0 : length - 1)
    else if (move !== undefined) this.#go(neighbour(this.#tiles, this.#active, ...move))
    else return
    event.preventDefault()
  }

  #go(i: number): void {
    this.#options[this.#active]?.classList.remove('active')
    this.#active = i
    const option = this.#options[i]
    if (option === undefined) return
    option.classList.add('active')
    this.element.setAttribute('aria-activedescendant', option.id)
    this.#tell(i)
  }

  #pick(i: number): void {
    const tile = this.#tiles[i]
    if (tile === undefined) return
    this.#go(i)
    this.#desk.focus.set(this.#index)
    if (!tile.isBalancer) this.#desk.picked.set({kind: 'host', host: tile.actor})
  }

  #tell(i: number): void {
    this.#told = i
    this.tip.hidden = i < 0
    if (i < 0) return
    const {x, y, size} = this.#tiles[i]!
    this.#say()
    const left = Math.max(
      0,
      Math.min(x + size / 2 - this.tip.offsetWidth / 2, this.element.clientWidth - this.tip.offsetWidth),
    )
    Object.assign(this.tip.style, {left: `${left}px`, top: `${y + size + 6}px`})
  }

  /** Names at once what is looked at, and all others when the clock stands. */
  #say(): void {
    clearTimeout(this.#timer)
    const told = this.#tiles[this.#told]
    if (told !== undefined) {
      this.#sayOne(this.#told)
      say(this.tip, this.#name(told.actor))
    }
    if (!this.#desk.clock.playing.value)
      this.#timer = window.setTimeout(() => this.#tiles.forEach((_, i) => this.#sayOne(i)), patience)
  }

  #sayOne(i: number): void {
    this.#options[i]!.setAttribute('aria-label', this.#name(this.#tiles[i]!.actor))
  }

  #mark(): void {
    const {picked, focus} = this.#desk
    const host = picked.value?.kind === 'host' && focus.value === this.#index ? picked.value.host : -1
    this.#tiles.forEach(({actor}, i) => this.#options[i]!.setAttribute('aria-selected', String(actor === host)))
  }
}
