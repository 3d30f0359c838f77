import type {Time} from '../../../sim/engine/time.ts'
import type {Desk} from '../../desk/desk.ts'
import {fillsOf} from '../../draw/fills.ts'
import {type Brush, grid, head, headline, onlyInWindow} from '../../draw/lanes.ts'
import {palette} from '../../draw/palette.ts'
import {gutter, margin, type Timeline} from '../../draw/timeline.ts'
import {many} from '../../draw/words.ts'
import type {Lanes} from '../pane/lanes.ts'
import {type Chart, chartOf, heightOf, laneAt, lifeAt, type Placed, placed} from './chart.ts'
import {densityOf} from './density.ts'
import {endingsOf} from './endings.ts'
import {fullAt} from './full.ts'
import {densityPicture, markFull, paintFull, paintLabels, paintLines, paintSigns} from './paint.ts'
import {lifeText} from './words.ts'

/** More than any recording has actors or lives. */
const manyRows = 2 ** 32
/** So near to a life one points at it, in pixels. */
const near = 4

/** The lives of one run or of two as the lanes of a pane. */
export class LifeLanes implements Lanes {
  readonly #desk: Desk
  readonly #charts: readonly Placed[]
  readonly #scale: Timeline
  readonly #width: number
  /** Of each chart that is dense, once it was needed. */
  readonly #pictures = new Map<Placed, OffscreenCanvas>()

  /** `room`: pixels for the lanes of each chart. */
  constructor(desk: Desk, charts: readonly Chart[], room: number, scale: Timeline, width: number) {
    this.#desk = desk
    this.#charts = placed(charts, headline, room)
    this.#scale = scale
    this.#width = width
  }

  get count(): number {
    return this.#charts.reduce((sum, {rack}) => sum + rack.lanes, 0)
  }
  get height(): number {
    return heightOf(this.#charts)
  }
  get thick(): number {
    return Math.max(3, this.#charts[0]?.lane ?? 3)
  }
  top(lane: number): number {
    const {body, lane: height, first} = chartOf(this.#charts, lane)
    return body + (lane - first) * height
  }

  at(y: number): number {
    return laneAt(this.#charts, y)
  }

  /** Lives lead lanes, and a lane without any is as good as another. */
  id(lane: number): number {
    const {index, rack, first} = chartOf(this.#charts, lane)
    return index * manyRows + (rack.of(lane - first)[0] ?? -1)
  }

  name(lane: number, time: Time): string {
    const chart = chartOf(this.#charts, lane)
    const rows = chart.rack.of(lane - chart.first)
    const row = this.#lifeAt(chart, lane, lane + 1, time, Number.POSITIVE_INFINITY)
    if (row === -1) return 'nothing of this client here'
    const others = rows.length > 1 ? `. ${many(rows.length, 'life', 'lives')} of this client in sight` : ''
    return `${this.#title(chart)}${lifeText(chart.recording, row)}${others}`
  }

  tip(lane: number, time: Time): string | undefined {
    const chart = chartOf(this.#charts, lane)
    const end = this.#endOf(chart, lane)
    const row = this.#lifeAt(chart, lane, end, time, near)
    if (row === -1) return undefined
    const others = end - lane - 1
    return lifeText(chart.recording, row) + (others > 0 ? `\n${many(others, 'more lane')} in this row of pixels` : '')
  }

  press(lane: number, time: Time | undefined): void {
    const chart = chartOf(this.#charts, lane)
    const {clock, focus, picked} = this.#desk
    const end = time === undefined ? lane + 1 : this.#endOf(chart, lane)
    const row = this.#lifeAt(
      chart,
      lane,
      end,
      time ?? clock.time.value,
      time === undefined ? Number.POSITIVE_INFINITY : near,
    )
    if (row === -1) return
    focus.set(chart.index)
    picked.set({kind: 'life', row})
  }

  instants(lane: number): Float64Array {
    const {recording, rack, first} = chartOf(this.#charts, lane)
    const {from, to} = recording.lives
    return Float64Array.from([...rack.of(lane - first)].flatMap(row => [from[row]!, to[row]!])).sort()
  }

  picked() {
    const {picked, focus} = this.#desk
    if (picked.value?.kind !== 'life') return undefined
    const {row} = picked.value
    const chart = this.#charts.find(({index}) => index === focus.value)
    const lane = chart?.rack.laneOf(row) ?? -1
    if (chart === undefined || lane === -1) return undefined
    const {from, to} = chart.recording.lives
    return {from: from[row]!, to: to[row]!, lane: chart.first + lane}
  }

  paint(context: CanvasRenderingContext2D, from: number, to: number): void {
    const colours = palette()
    const brush = {context, palette: colours, fills: fillsOf(colours), scale: this.#scale, width: this.#width}
    grid(brush, from, to)
    for (const chart of this.#charts)
      if (chart.top < to && chart.body + chart.height > from) this.#paint(brush, chart, from, to)
  }

  #paint(brush: Brush, chart: Placed, from: number, to: number): void {
    const {recording, name, index, text, top, isDense, body, height} = chart
    head(brush, this.#charts.length > 1 ? index : undefined, name, text, top)
    paintLabels(brush, chart)
    const full = fullAt(recording)
    onlyInWindow(brush, () => {
      if (full !== undefined) paintFull(brush, full, chart)
      if (isDense)
        brush.context.drawImage(this.#picture(brush, chart), gutter, body, this.#width - gutter - margin, height)
      else paintLines(brush, chart, from, to)
      paintSigns(brush, chart)
      if (full !== undefined) markFull(brush, full, chart)
    })
  }

  #picture(brush: Brush, chart: Placed): OffscreenCanvas {
    const known = this.#pictures.get(chart)
    if (known !== undefined) return known
    const {recording, rack, height} = chart
    const {family} = endingsOf(recording)
    const grid = {columns: Math.max(1, this.#width - gutter - margin), rows: height}
    const density = densityOf(recording.lives, family, rack, this.#desk.window.value, grid)
    const picture = densityPicture(density, brush)
    this.#pictures.set(chart, picture)
    return picture
  }

  /** Where the lanes end that lie in the same row of pixels. */
  #endOf({first, rack, lane: height}: Placed, lane: number): number {
    return Math.min(first + rack.lanes, lane + Math.max(1, Math.floor(1 / height)))
  }

  /** The life in lanes of a chart at an instant, or one that is so many pixels away at most. */
  #lifeAt(chart: Placed, lane: number, end: number, time: Time, most: number): number {
    const {x} = this.#scale
    return lifeAt(chart, {from: lane - chart.first, to: end - chart.first}, x(time), x, most)
  }

  #title({name}: Placed): string {
    return this.#charts.length > 1 ? `${name}, ` : ''
  }
}
