import type {Time} from '../../../sim/engine/time.ts'
import type {Desk} from '../../desk/desk.ts'
import {isReady, type ReadyRun} from '../../desk/run.ts'
import type {Canvas} from '../../draw/canvas.ts'
import {palette} from '../../draw/palette.ts'
import {gutter, margin, type Timeline} from '../../draw/timeline.ts'
import {type Columns, columnsOf, differences} from './columns.ts'
import {others} from './heads.ts'
import {type Layout, layoutOf} from './layout.ts'
import {marksOf} from './marks.ts'
import {columnWidth, paintMarks, paintRow, paintStrip} from './paint.ts'

/** Everything in the scrubber that does not move: it is painted when there is another run, baseline or size. */
export function paint(desk: Desk, canvas: Canvas, scale: Timeline): void {
  const {context: pen, width} = canvas
  const room = Math.floor(width - gutter - margin)
  canvas.clear()
  if (room <= 0 || desk.clock.end.value === 0) return
  const runs = desk.runs.value
  const layout = layoutOf(runs.length, width)
  const many = Math.ceil(room / columnWidth)
  const end = (desk.clock.end.value * many * columnWidth) / room
  const drawings = runs.map(run => (isReady(run) ? drawingOf(run, end, many) : undefined))
  const box = (top: number, height: number) => ({left: gutter, top, width: room, height})
  paintAxis(canvas, scale, layout)
  const most = Math.max(1, ...drawings.map(it => largest(it?.columns.counts)))
  drawings.forEach((drawing, i) => {
    if (drawing === undefined) return
    const row = box(layout.rowTop(i), layout.row)
    paintRow(pen, drawing.columns, row, most, palette())
    paintMarks(pen, drawing.marks, row, palette())
  })
  others(desk).forEach((other, k) => {
    const colours = [palette().runs[desk.focus.value]!, palette().runs[other]!] as const
    paintDifference(
      pen,
      drawings[desk.focus.value]?.columns,
      drawings[other]?.columns,
      box(layout.stripTop(k), layout.strip),
      most,
      colours,
    )
  })
}

/** What there is to draw of a run in so many columns. */
interface Drawing {
  readonly end: Time
  readonly many: number
  readonly columns: Columns
  readonly marks: ReturnType<typeof marksOf>
}
const known = new WeakMap<ReadyRun, Drawing>()

function drawingOf(run: ReadyRun, end: Time, many: number): Drawing {
  const before = known.get(run)
  if (before?.many === many && before.end === end) return before
  const drawing = {end, many, columns: columnsOf(run.tally, end, many), marks: marksOf(run.ledger, end, many)}
  known.set(run, drawing)
  return drawing
}

function paintAxis({context: pen, width}: Canvas, scale: Timeline, {axis, height}: Layout): void {
  const {faint, rule} = palette()
  pen.font = '11px system-ui, sans-serif'
  pen.textBaseline = 'top'
  for (const {x, text} of scale.ticks()) {
    pen.fillStyle = rule
    pen.fillRect(Math.round(x), 0, 1, height)
    pen.fillStyle = faint
    if (x + pen.measureText(text).width < width - margin) pen.fillText(text, x + 3, axis - 12)
  }
}

function paintDifference(
  pen: CanvasRenderingContext2D,
  one: Columns | undefined,
  other: Columns | undefined,
  box: Parameters<typeof paintStrip>[2],
  most: number,
  colours: readonly [string, string],
): void {
  pen.fillStyle = palette().faint
  pen.fillRect(box.left, box.top + Math.floor(box.height / 2), box.width, 1)
  if (one !== undefined && other !== undefined) paintStrip(pen, differences(one, other), box, most, ...colours)
}

const largest = (counts: Int32Array = new Int32Array(0)) => counts.reduce((most, count) => Math.max(most, count), 0)
