import type {Palette} from '../../draw/palette.ts'
import {families} from '../../recording/family.ts'
import {type Columns, heightOf} from './columns.ts'
import {type Mark, marks} from './marks.ts'

/** Pixels that a column is wide: a single one of them can be seen. */
export const columnWidth = 3

/** Where on a canvas something is drawn, in its pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}
type Pen = CanvasRenderingContext2D

/** Kept free above the bars of a row, for its marks. */
const markRoom = 5

/** One run: bars as high as the logarithm of what happened, in the colour of the family that most of it belongs to. */
export function paintRow(pen: Pen, {counts, families: of}: Columns, box: Box, most: number, colours: Palette): void {
  const room = box.height - markRoom - 1
  const bottom = box.top + box.height - 1
  families.forEach((family, index) => {
    pen.fillStyle = colours.families[family]
    counts.forEach((count, k) => {
      if (of[k] !== index) return
      const size = Math.max(2, heightOf(count, most) * room)
      bar(pen, box.left, k, bottom - size, size)
    })
  })
  pen.fillStyle = colours.rule
  pen.fillRect(box.left, bottom, box.width, 1)
}

const bar = (pen: Pen, left: number, k: number, top: number, height: number) =>
  pen.fillRect(left + k * columnWidth, top, columnWidth, height)

/** More of the one above the line, more of the other below it, each in the colour of its run. */
export function paintStrip(pen: Pen, more: Int32Array, box: Box, most: number, above: string, below: string): void {
  const middle = box.top + Math.floor(box.height / 2)
  const room = (box.height - 2) / 2
  const size = (count: number) => Math.max(1.5, heightOf(Math.abs(count), most) * room)
  pen.fillStyle = above
  more.forEach((count, k) => count > 0 && bar(pen, box.left, k, middle - size(count), size(count)))
  pen.fillStyle = below
  more.forEach((count, k) => count < 0 && bar(pen, box.left, k, middle + 1, size(count)))
}

/** What each mark looks like at (x, top), no higher than the room that is kept free for it. */
const shapes: Readonly<Record<Mark, (pen: Pen, x: number, top: number) => void>> = {
  release: (pen, x, top) => pen.fillRect(x - 1, top, 2, markRoom),
  batch: (pen, x, top) => {
    pen.fillRect(x, top, 1, markRoom)
    pen.fillRect(x, top, 4, 2.5)
  },
  drain: (pen, x, top) => {
    pen.beginPath()
    pen.arc(x, top + 2.5, 1.75, 0, 2 * Math.PI)
    pen.stroke()
  },
  gone: (pen, x, top) => {
    pen.beginPath()
    for (const side of [-1, 1]) {
      pen.moveTo(x - side * 2, top + 0.5)
      pen.lineTo(x + side * 2, top + 4.5)
    }
    pen.stroke()
  },
  fault: (pen, x, top) => {
    pen.fillRect(x - 1, top, 3, 3)
    pen.fillRect(x - 1, top + 4, 3, 1)
  },
}

/** What operators, processes and power did, in ink: `at` in columns. */
export function paintMarks(pen: Pen, at: Readonly<Record<Mark, readonly number[]>>, box: Box, colours: Palette): void {
  pen.fillStyle = colours.ink
  pen.strokeStyle = colours.ink
  pen.lineWidth = 1
  for (const mark of marks) for (const k of at[mark]) shapes[mark](pen, box.left + k * columnWidth, box.top)
}
