import type {Time} from '../../../sim/engine/time.ts'
import {count, none} from '../../../sim/words/figures.ts'
import {letterOf} from '../../desk/run.ts'
import {h} from '../../draw/dom.ts'
import {palette, signs} from '../../draw/palette.ts'
import {inset} from '../../draw/scale.ts'
import {gutter, margin, type Timeline} from '../../draw/timeline.ts'
import {spanText} from '../../draw/words.ts'
import {families, familyNames} from '../../recording/family.ts'
import {type Bars, barsOf, barWidth, highest, totalAt} from './bars.ts'
import {gistOfBars} from './gist.ts'
import {type Ground, type Lettered, type Pane, Plot} from './plot.ts'
import {mostRows, type Sheet} from './table.ts'

const rowHeight = 50
/** So many pixels of a bar are seen however few it counts. */
const leastSeen = 3
const title = 'Disruptions'

/** What was disrupted, by family: a row of bars for each run, all of one scale. */
export class Disruptions implements Pane {
  readonly element: HTMLElement
  readonly #runs: readonly Lettered[]
  readonly #ground: Ground
  readonly #plot: Plot
  readonly #own = h('input', {type: 'checkbox', onchange: () => this.paint()})
  #bars: readonly Bars[] = []

  constructor(runs: readonly Lettered[], ground: Ground) {
    this.#runs = runs
    const own = runs.length > 1 && h('label', {}, this.#own, ' a scale for each')
    const extra = h('div', {class: 'families'}, ...legendOf(runs), own)
    this.#ground = ground
    const height = runs.length * rowHeight
    this.#plot = new Plot(ground, {title, height, runs, extra, table: () => sheetOf(this.#runs, this.#bars)}, this)
    this.element = this.#plot.element
  }

  paint(): void {
    const pixels = this.#plot.canvas.width - gutter - margin
    if (pixels <= 0) return
    const scale = this.#plot.clear()
    this.#bars = this.#cut(pixels)
    const tops = this.#bars.map(bars => Math.max(1, highest(bars)))
    this.#bars.forEach((_, row) => {
      this.#row(row, scale, this.#own.checked ? tops[row]! : Math.max(...tops))
    })
    this.#plot.unit(`per ${spanText(this.#bars[0]!.width)}`)
    this.#plot.tell()
  }

  #cut(pixels: number): Bars[] {
    const span = this.#ground.desk.window.value
    return this.#runs.map(({run}) => barsOf(run, span, barWidth(span, pixels, run.recording.series.width)))
  }

  describe(): void {
    const bars = this.#cut(600)
    this.#plot.describe(gistOfBars(this.#runs.map(({index}, i) => ({name: letterOf(index), bars: bars[i]!}))))
  }

  #row(row: number, scale: Timeline, most: number): void {
    const bars = this.#bars[row]!
    const base = (row + 1) * rowHeight - inset
    const top = row * rowHeight + inset
    this.#plot.rule({y: value => (value === 0 ? base : top), ticks: [0, most]}, count)
    this.#plot.label(12, (base + top) / 2, letterOf(this.#runs[row]!.index), 'letter')
    this.#plot.within(context => drawBars(context, bars, scale, base, (base - top) / most))
    this.#peak(bars, scale, top)
  }

  /** The highest bar of a run has its count, and the sign of what it is mostly. */
  #peak(bars: Bars, scale: Timeline, y: number): void {
    const totals = Array.from(bars.counts[0]!, (_, k) => totalAt(bars.counts, k))
    const most = Math.max(...totals)
    if (most === 0) return
    const k = bars.first + totals.indexOf(most)
    const [left, right] = [scale.x(k * bars.width) - 3, scale.x((k + 1) * bars.width) + 3]
    const isLate = right > this.#plot.canvas.width - 80
    const at = Math.max(gutter + 3, isLate ? left : right)
    this.#plot.label(at, y + 4, told(bars, k - bars.first), isLate ? 'peak late' : 'peak')
  }

  read(at: Time): void {
    this.#bars.forEach((bars, i) => {
      this.#plot.say(i, told(bars, Math.floor(at / bars.width) - bars.first))
    })
  }
}

const colours = () => [...families.map(family => palette().families[family]), palette().faint]
const layers = [...families, undefined]
const signOf = (layer: number) => (layers[layer] === undefined ? '?' : signs[layers[layer]])
const nameOf = (layer: number) => (layers[layer] === undefined ? 'not told apart' : familyNames[layers[layer]])

/** Counts of one bar with the signs of what they count: ■3 ◆12. */
function told({counts}: Bars, k: number): string {
  if (counts[0]![k] === undefined) return none
  const parts = counts.flatMap((column, layer) => (column[k]! > 0 ? [`${signOf(layer)} ${count(column[k]!)}`] : []))
  return parts.join('  ') || '0'
}

/** Families lie upon each other in their order, each as a path of its own. */
function drawBars(context: CanvasRenderingContext2D, bars: Bars, scale: Timeline, base: number, perUnit: number): void {
  const {counts, first, width} = bars
  const heights = new Float64Array(counts[0]!.length)
  const pixels = scale.x(width) - scale.x(0)
  const gap = pixels > 6 ? 1 : 0
  counts.forEach((column, layer) => {
    context.fillStyle = colours()[layer]!
    column.forEach((value, k) => {
      if (value === 0) return
      const height = Math.max(leastSeen, value * perUnit)
      context.fillRect(scale.x((first + k) * width), base - heights[k]! - height, Math.max(2, pixels - gap), height)
      heights[k]! += height
    })
  })
}

/** Signs and colours of what occurs, and whether a trace tells all of it apart. */
function legendOf(runs: readonly Lettered[]): (HTMLElement | undefined)[] {
  const found = families.filter((_, family) => runs.some(({run}) => run.tally.times(family).length > 0))
  const keys = found.map(family => {
    const sign = h('span', {class: `sign ${family}`, 'aria-hidden': 'true'}, signs[family])
    return h('span', {}, sign, ` ${familyNames[family]}`)
  })
  const cut = runs.map(({run}) => run.recording.disruptions).find(({total, at}) => total > at.length)
  const rest = cut && h('span', {}, `? not told apart: all but the first ${count(cut.at.length)} of a run`)
  return [...keys, rest]
}

/** The bars in which there is something. */
function sheetOf(runs: readonly Lettered[], bars: readonly Bars[]): Sheet {
  const columns = bars.flatMap(({counts}, i) =>
    counts.flatMap((column, layer) =>
      column.some(it => it > 0) ? [{column, name: `${letterOf(runs[i]!.index)} ${nameOf(layer)}`}] : [],
    ),
  )
  const {first, width, counts} = bars[0]!
  const rows = Array.from(counts[0]!, (_, k) => ({
    at: (first + k) * width,
    cells: columns.map(({column}) => count(column[k] ?? 0)),
  })).filter((_, k) => columns.some(({column}) => (column[k] ?? 0) > 0))
  return {
    note: `How many in each ${spanText(width)}, where there are any.`,
    grain: width,
    columns: columns.map(({name}) => name),
    rows: rows.slice(0, mostRows),
    left: Math.max(0, rows.length - mostRows),
  }
}
