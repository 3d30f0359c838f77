import type {Desk} from '../../desk/desk.ts'
import {isReady} from '../../desk/run.ts'
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
  const columns = runs.map(run => (isReady(run) ? columnsOf(run.tally, end, many) : undefined))
  const box = (top: number, height: number) => ({left: gutter, top, width: room, height})
  paintAxis(canvas, scale, layout)
  const most = Math.max(1, ...columns.map(it => largest(it?.counts)))
  runs.forEach((run, i) => {
    if (!isReady(run)) return
    const row = box(layout.rowTop(i), layout.row)
    paintRow(pen, columns[i]!, row, most, palette())
    paintMarks(pen, marksOf(run.ledger, end, many), row, palette())
  })
  others(desk).forEach((other, k) => {
    const colours = [palette().runs[desk.focus.value]!, palette().runs[other]!] as const
    paintDifference(
      pen,
      columns[desk.focus.value],
      columns[other],
      box(layout.stripTop(k), layout.strip),
      most,
      colours,
    )
  })
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
