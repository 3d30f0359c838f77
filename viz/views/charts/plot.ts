import type {Time} from '../../../sim/engine/time.ts'
import {none} from '../../../sim/words/figures.ts'
import type {Desk} from '../../desk/desk.ts'
import {pointing} from '../../desk/pointing.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {Canvas} from '../../draw/canvas.ts'
import {h, say, svg} from '../../draw/dom.ts'
import {palette} from '../../draw/palette.ts'
import type {Scale} from '../../draw/scale.ts'
import {gutter, margin, type Span, type Timeline, timeline} from '../../draw/timeline.ts'
import {legendKey} from './legend.ts'
import {type Sheet, tableOf} from './table.ts'

/** A chart on the page. */
export interface Pane {
  readonly element: HTMLElement
  /** Says what it shows to whoever does not see it. */
  describe(): void
  /** Draws it for the window and the run that are looked at now. */
  paint(): void
  /** Tells the values at an instant. */
  read(at: Time): void
}

/** What all charts stand on. */
export interface Ground {
  readonly desk: Desk
  /** Batches and ends of releases of the run that is looked at closely. */
  readonly marks: () => readonly Time[]
  /** A chart has another size. */
  readonly resized: (pane: Pane) => void
  /** A stretch that the pointer marks in any of them. */
  readonly brush: (span: Span | undefined) => void
}

/** A run, and which of those on the desk it is. */
export interface Lettered {
  readonly index: number
  readonly run: ReadyRun
}

interface Wants {
  readonly title: string
  readonly height: number
  readonly runs: readonly Lettered[]
  /** What stands beside the title: what one may choose, or what signs mean. */
  readonly extra?: HTMLElement | undefined
  readonly table: () => Sheet
}

let plots = 0

/** Title, readings, marks and axis of a chart, and its numbers as a table for whoever asks for them. */
export class Plot {
  readonly element: HTMLElement
  readonly canvas: Canvas
  readonly #ground: Ground
  readonly #wants: Wants
  readonly #axis = svg('svg', {'aria-hidden': 'true'})
  readonly #unit = h('span', {class: 'unit'})
  readonly #readings: readonly HTMLElement[]
  readonly #table: HTMLElement

  constructor(ground: Ground, wants: Wants, pane: Pane) {
    this.#ground = ground
    this.#wants = wants
    this.canvas = new Canvas(wants.title, () => ground.resized(pane))
    this.#readings = wants.runs.map(() => h('span', {}, none))
    this.#table = h('div', {id: `numbers-${plots++}`, class: 'table', hidden: true})
    const area = h('div', {class: 'plot'}, this.canvas.element, this.#axis)
    area.style.height = `${wants.height}px`
    pointing(ground.desk, area, ground.brush)
    this.element = h('figure', {class: 'chart'}, this.#caption(), area, this.#table)
  }

  #caption(): HTMLElement {
    const {title, runs, extra} = this.#wants
    const keys = runs.map(({index}, i) => h('span', {class: 'value'}, ...legendKey(index), this.#readings[i]!))
    const toggle: HTMLElement = h(
      'button',
      {
        type: 'button',
        class: 'toggle',
        'aria-expanded': 'false',
        'aria-controls': this.#table.id,
        'aria-label': `Table: ${title}`,
        onclick: () => this.#unfold(toggle),
      },
      'Table',
    )
    return h('figcaption', {}, h('h3', {}, title), this.#unit, extra, h('p', {class: 'reading'}, ...keys), toggle)
  }

  #unfold(toggle: HTMLElement): void {
    this.#table.hidden = !this.#table.hidden
    toggle.setAttribute('aria-expanded', String(!this.#table.hidden))
    this.tell()
  }

  /** The table for what the chart shows now, if somebody looks at it. */
  tell(): void {
    if (!this.#table.hidden) this.#table.replaceChildren(tableOf(this.#wants.title, this.#wants.table()))
  }

  /** The value of the i-th of its runs at the instant that is looked at. */
  say(i: number, text: string): void {
    say(this.#readings[i]!, text)
  }

  unit(text: string): void {
    say(this.#unit, text)
  }

  describe(gist: string): void {
    this.canvas.element.setAttribute('aria-label', gist)
  }

  /** An empty pane with its rules: where the clock and the values stand, and what the operator did. */
  clear(): Timeline {
    const {canvas} = this
    const scale = timeline(this.#ground.desk.window.value, canvas.width)
    canvas.clear()
    this.#axis.replaceChildren()
    const {rule, faint} = palette()
    const {context, height} = canvas
    context.setLineDash([])
    context.lineWidth = 1
    context.strokeStyle = rule
    strokeUprights(
      context,
      scale.ticks().map(({x}) => x),
      height,
    )
    context.strokeStyle = faint
    context.setLineDash([2, 3])
    strokeUprights(
      context,
      this.#ground
        .marks()
        .map(at => scale.x(at))
        .filter(x => x >= gutter),
      height,
    )
    context.setLineDash([])
    return scale
  }

  /** Lines across the pane at some of its values, with these in the gutter. */
  rule({y, ticks}: Scale, text: (value: number) => string): void {
    const {context, width} = this.canvas
    context.strokeStyle = palette().rule
    context.lineWidth = 1
    context.beginPath()
    for (const value of ticks) {
      const at = Math.round(y(value)) + 0.5
      context.moveTo(gutter, at)
      context.lineTo(width - margin, at)
      this.label(gutter - 6, at, text(value), 'tick')
    }
    context.stroke()
  }

  label(x: number, y: number, text: string, kind: string): void {
    this.#axis.append(svg('text', {x, y, class: kind, dy: '0.35em'}, text))
  }

  /** Keeps what is drawn next to the part of the pane where time is. */
  within(draw: (context: CanvasRenderingContext2D) => void): void {
    const {context, width, height} = this.canvas
    context.save()
    context.beginPath()
    context.rect(gutter, 0, width - gutter - margin, height)
    context.clip()
    draw(context)
    context.restore()
  }
}

function strokeUprights(context: CanvasRenderingContext2D, xs: readonly number[], height: number): void {
  context.beginPath()
  for (const x of xs) {
    context.moveTo(Math.round(x) + 0.5, 0)
    context.lineTo(Math.round(x) + 0.5, height)
  }
  context.stroke()
}
