import type {ReadyRun} from '../../desk/run.ts'
import {h} from '../../draw/dom.ts'
import {soon} from '../../draw/frame.ts'
import {Signal} from '../../draw/signal.ts'
import type {Log} from '../../recording/log.ts'
import {Row} from './row.ts'

const rowHeight = 28
/** Browsers draw nothing that is higher than some ten million pixels; a longer log moves by more than a pixel at a time. */
const highest = 8_000_000
/** Where the playhead is kept while the clock runs, as a share of the height. */
const pinned = 0.6

/** What a grid does with its lines. */
export interface Doing {
  /** Goes to a line: it was clicked, or Enter was pressed. */
  press(line: number): void
  /** More of a line than it says, for whoever points at it; empty if there is no more. */
  tip(line: number): string
  /** Opens a fold or closes it; undefined: as it is not now. */
  fold(line: number, open?: boolean): void
  /** Puts down what is picked. */
  leave(): void
  /** Somebody has moved the log by hand. */
  moved(): void
}

/**
 * A log of any length, of which only those lines are in the document that can be seen: they lie in a sheet that stays in
 * view while a track as high as all lines moves behind it.
 */
export class Grid {
  readonly element: HTMLElement
  /** The line that keys move, and that is told in full. */
  readonly active = new Signal(0)
  readonly #track = h('div', {class: 'track', role: 'rowgroup'})
  readonly #sheet = h('div', {class: 'sheet', role: 'none'})
  readonly #rows: Row[] = []
  readonly #doing: Doing
  #run: ReadyRun | undefined
  #log: Log | undefined
  #version = {}
  /** The first line that is later than the clock. */
  #next = 0
  #follows = false
  #pointed: number | undefined
  readonly #draw = () => this.#paint()

  constructor(doing: Doing) {
    this.#doing = doing
    this.#track.append(this.#sheet)
    this.element = h(
      'div',
      {
        ...{class: 'log', role: 'treegrid', tabindex: 0, 'aria-label': 'Events and disruptions', 'aria-colcount': 2},
        'aria-description':
          'Up and down go from line to line, right and left open and close, Enter goes to the instant.',
        onkeydown: (event: KeyboardEvent) => this.#press(event),
        onscroll: () => soon(this.#draw),
        onwheel: () => doing.moved(),
        ontouchmove: () => doing.moved(),
        onclick: (event: MouseEvent) => this.#click(event),
        onpointermove: (event: MouseEvent) => this.#point(event),
      },
      this.#track,
    )
    new ResizeObserver(() => this.mark(this.#next, this.#follows, true)).observe(this.element)
  }

  /** Shows a log, or the same one after it has changed. */
  show(run: ReadyRun, log: Log): void {
    this.#run = run
    this.#log = log
    this.#version = {}
    this.#track.style.height = `${Math.min(highest, log.length * rowHeight)}px`
    this.element.setAttribute('aria-rowcount', String(log.length))
    this.active.set(Math.min(this.active.value, Math.max(0, log.length - 1)))
    this.#paint()
  }

  /** The clock is before line `next` now; with `pins` that is kept in its place, else only in view. */
  mark(next: number, follows: boolean, pins: boolean): void {
    this.#next = next
    this.#follows = follows
    const line = Math.max(0, next - 1)
    const isSeen = line >= this.#top + 1 && line < this.#top + this.#fits - 2
    if (follows && (pins || !isSeen)) this.#scrollTo(line - this.#fits * pinned)
    this.#paint()
  }

  get hasFocus(): boolean {
    return document.activeElement === this.element
  }

  /** Makes a line the active one. */
  choose(line: number): void {
    this.active.set(Math.max(0, Math.min((this.#log?.length ?? 0) - 1, line)))
  }

  /** The same, and brings it into view. */
  go(line: number): void {
    this.choose(line)
    const {value} = this.active
    if (value < this.#top) this.#scrollTo(value)
    else if (value > this.#top + this.#fits - 1) this.#scrollTo(value - this.#fits + 1)
    this.#paint()
  }

  /** How many lines can be seen at a time. */
  get #fits(): number {
    return Math.max(1, Math.floor(this.element.clientHeight / rowHeight))
  }

  /** The pixels that the track can move, and the lines that it moves by then. */
  get #reach(): number {
    return Math.max(1, this.#track.clientHeight - this.element.clientHeight)
  }
  get #span(): number {
    return Math.max(0, (this.#log?.length ?? 0) - this.element.clientHeight / rowHeight)
  }

  /** The line at the upper edge, and how much of it is above that. */
  get #top(): number {
    return (this.element.scrollTop / this.#reach) * this.#span
  }

  #scrollTo(line: number): void {
    if (this.#span > 0) this.element.scrollTop = (Math.max(0, Math.min(this.#span, line)) / this.#span) * this.#reach
  }

  #paint(): void {
    const [run, log, top] = [this.#run, this.#log, this.#top]
    if (run === undefined || log === undefined || this.element.clientHeight === 0) return
    const first = Math.floor(top)
    const wanted = Math.min(this.#fits + 2, log.length)
    while (this.#rows.length < wanted) this.#add()
    // A line is always shown by the same row, as long as it is in view: then it need not be written anew.
    for (let k = 0; k < this.#rows.length; k++) {
      const line = first + ((((k - first) % this.#rows.length) + this.#rows.length) % this.#rows.length)
      this.#place(this.#rows[k]!, line, run, log, top)
    }
  }

  #place(row: Row, line: number, run: ReadyRun, log: Log, top: number): void {
    const {element} = row
    element.hidden = line >= log.length
    if (element.hidden) return
    row.show(run, log, this.#version, line)
    element.style.transform = `translateY(${(line - top) * rowHeight}px)`
    element.classList.toggle('later', line >= this.#next)
    element.classList.toggle('next', line === this.#next)
    const isActive = line === this.active.value
    element.setAttribute('aria-selected', String(isActive))
    if (isActive) this.element.setAttribute('aria-activedescendant', element.id)
  }

  #add(): void {
    const row = new Row(`log-row-${this.#rows.length}`)
    this.#rows.push(row)
    this.#sheet.append(row.element)
  }

  /** The line under the pointer, if there is one. */
  #lineAt({clientY}: MouseEvent): number | undefined {
    const y = clientY - this.element.getBoundingClientRect().top - this.element.clientTop
    const line = Math.floor(this.#top + y / rowHeight)
    return line >= 0 && line < (this.#log?.length ?? 0) ? line : undefined
  }

  #point(event: MouseEvent): void {
    const line = this.#lineAt(event)
    if (line === this.#pointed) return
    this.#pointed = line
    this.element.title = line === undefined ? '' : this.#doing.tip(line)
  }

  #click(event: MouseEvent): void {
    const line = this.#lineAt(event)
    if (line === undefined) return
    this.go(line)
    this.#doing.press(line)
  }

  #press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const {value} = this.active
    const length = this.#log?.length ?? 0
    const step = {
      ArrowUp: -1,
      ArrowDown: 1,
      PageUp: 1 - this.#fits,
      PageDown: this.#fits - 1,
      Home: -length,
      End: length,
    }[event.key]
    if (step !== undefined) {
      this.#doing.moved()
      this.go(value + step)
    } else if (event.key === 'Enter') this.#doing.press(value)
    else if (event.key === 'Escape') this.#doing.leave()
    else if (event.key === 'ArrowRight') this.#doing.fold(value, true)
    else if (event.key === 'ArrowLeft') this.#doing.fold(value, false)
    else return
    event.preventDefault()
  }
}
