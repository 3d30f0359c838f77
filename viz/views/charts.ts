import type {Time} from '../../sim/engine/time.ts'
import type {Desk} from '../desk/desk.ts'
import {isReady, type ReadyRun} from '../desk/run.ts'
import {h} from '../draw/dom.ts'
import {drawn, soon} from '../draw/frame.ts'
import {onNightfall} from '../draw/palette.ts'
import {Signal} from '../draw/signal.ts'
import {gutter, type Span, timeline} from '../draw/timeline.ts'
import {chartsOf} from './charts/catalogue.ts'
import {Disruptions} from './charts/disruptions.ts'
import {Legend} from './charts/legend.ts'
import {Lines} from './charts/lines.ts'
import type {Ground, Lettered, Pane} from './charts/plot.ts'

/** Numbers over time, one chart below the other on one clock, with a line for every run in each. */
export function charts(desk: Desk): HTMLElement {
  const place = h('div', {class: 'column'})
  const chosen = new Map<string, string>()
  let shown: readonly ReadyRun[] = []
  let column: Column | undefined
  drawn(place, [desk.runs], () => {
    const {ready} = desk
    if (column !== undefined && ready.length === shown.length && ready.every((run, i) => run === shown[i])) return
    shown = ready
    column?.end()
    column = ready.length === 0 ? undefined : new Column(desk, place, chosen)
    if (column === undefined)
      place.replaceChildren(h('p', {class: 'empty'}, 'Charts are drawn of the first run that is done.'))
  })
  const night = new Signal(0)
  onNightfall(() => night.set(night.value + 1))
  drawn(place, [desk.window, desk.focus, night], () => column?.paint())
  drawn(place, [desk.cursor, desk.clock.time, desk.window], () => column?.read())
  return place
}

/** The charts of the runs that are ready; those that nobody can see are not drawn. */
class Column {
  readonly #desk: Desk
  readonly #legend: Legend
  readonly #panes: readonly Pane[]
  readonly #seen = new Set<Pane>()
  readonly #stale = new Set<Pane>()
  readonly #playhead = h('i', {class: 'playhead'})
  readonly #crosshair = h('i', {class: 'crosshair'})
  readonly #brush = h('i', {class: 'brush', hidden: true})
  readonly #sight: IntersectionObserver

  constructor(desk: Desk, place: HTMLElement, chosen: Map<string, string>) {
    const runs = desk.runs.value.flatMap((run, index): Lettered[] => (isReady(run) ? [{index, run}] : []))
    const ground: Ground = {
      desk,
      marks: () => marksOf(desk.focused),
      resized: pane => this.#due(pane),
      brush: span => this.#mark(span),
    }
    const some = runs.some(({run}) => run.recording.disruptions.total > 0)
    this.#desk = desk
    this.#legend = new Legend(desk, runs)
    this.#panes = [
      ...(some ? [new Disruptions(runs, ground)] : []),
      ...chartsOf(runs.map(({run}) => run.recording)).map(chart => new Lines(chart, runs, ground, chosen)),
    ]
    const rules = h('div', {class: 'rules', 'aria-hidden': 'true'}, this.#brush, this.#crosshair, this.#playhead)
    place.replaceChildren(this.#legend.element, rules, ...this.#panes.map(({element}) => element))
    if (!some) this.#legend.element.after(h('p', {class: 'empty'}, 'Nothing was disrupted.'))
    this.#sight = this.#watch()
    for (const pane of this.#panes) pane.describe()
  }

  #watch(): IntersectionObserver {
    const paneOf = new Map(this.#panes.map(pane => [pane.element as Element, pane]))
    const sight = new IntersectionObserver(entries => {
      for (const {target, isIntersecting} of entries) {
        const pane = paneOf.get(target)!
        if (isIntersecting) this.#seen.add(pane)
        else this.#seen.delete(pane)
      }
      soon(() => this.#catchUp())
    })
    for (const {element} of this.#panes) sight.observe(element)
    new ResizeObserver(() => this.#legend.paint()).observe(this.#legend.element)
    return sight
  }

  end(): void {
    this.#sight.disconnect()
  }

  paint(): void {
    this.#legend.paint()
    for (const pane of this.#panes) {
      pane.describe()
      this.#stale.add(pane)
    }
    this.#catchUp()
  }

  #due(pane: Pane): void {
    this.#stale.add(pane)
    soon(() => this.#catchUp())
  }

  #catchUp(): void {
    for (const pane of this.#seen) if (this.#stale.delete(pane)) pane.paint()
    this.read()
  }

  read(): void {
    const {cursor, clock, window} = this.#desk
    const at = cursor.value ?? clock.time.value
    const scale = timeline(window.value, this.#legend.element.clientWidth)
    this.#legend.read(at)
    put(this.#playhead, clock.time.value, window.value, scale.x)
    put(this.#crosshair, cursor.value, window.value, scale.x)
    for (const pane of this.#seen) pane.read(at)
  }

  #mark(span: Span | undefined): void {
    const {x} = timeline(this.#desk.window.value, this.#legend.element.clientWidth)
    put(this.#brush, span?.from, this.#desk.window.value, x)
    if (span !== undefined) this.#brush.style.width = `${x(span.to) - x(span.from)}px`
  }
}

function put(rule: HTMLElement, at: Time | undefined, {from, to}: Span, x: (at: Time) => number): void {
  rule.hidden = at === undefined || at < from || at > to
  if (at !== undefined) rule.style.transform = `translateX(${Math.max(gutter, x(at))}px)`
}

const known = new WeakMap<ReadyRun, readonly Time[]>()

/** When a run began a batch, and began or ended a release. */
function marksOf(run: ReadyRun | undefined): readonly Time[] {
  if (run === undefined) return []
  const {ledger} = run
  const found =
    known.get(run) ??
    Array.from({length: ledger.length}, (_, i) => i)
      .filter(i => ledger.kind(i) === 'release' || ledger.kind(i) === 'batch')
      .map(i => ledger.at(i))
  known.set(run, found)
  return found
}
