import type {Time} from '../../../sim/engine/time.ts'
import type {ActorId} from '../../../sim/net/events.ts'
import type {ReadyRun} from '../../desk/run.ts'
import type {Box} from '../../draw/fills.ts'
import {type Brush, sign} from '../../draw/lanes.ts'
import type {Span} from '../../draw/timeline.ts'
import {type Family, families} from '../../recording/family.ts'
import {bandsOf} from './bands.ts'
import type {BrokenByHost} from './broken.ts'
import {absent, type Face, faceOf} from './face.ts'

/** Below that a lane has no room for signs, lines and rims. */
export const roomy = 8

/** How a host looked: its processes below one another, the oldest on top. */
export function paintBands(brush: Brush, {recording}: ReadyRun, host: ActorId, span: Span, lane: Box): void {
  const {scale} = brush
  const pixel = scale.time(scale.x(span.from) + 1) - span.from
  for (const {from, to, look} of bandsOf(recording.histories, host, span, pixel)) {
    if (look === absent) continue
    const x = scale.x(from)
    paintFace(brush, faceOf(look), {...lane, x, width: scale.x(to) - x})
  }
}

export function paintFace(brush: Brush, {powered, processes, rotation}: Shown, box: Box): void {
  const {context, fills, palette} = brush
  if (!powered || processes.length === 0) return fills.down(context, box)
  const height = box.height / processes.length
  context.globalAlpha = rotation === 'out' ? 0.45 : rotation === 'partly' ? 0.7 : 1
  processes.forEach((process, i) => {
    const y = box.y + i * height
    fills[process](context, {...box, y, height: i + 1 < processes.length && height > 3 ? height - 1 : height})
  })
  context.globalAlpha = 1
  if (rotation !== 'out' || box.height < roomy || box.width < 2) return
  context.strokeStyle = processes.includes('draining') ? palette.conditions.draining : palette.faint
  context.lineWidth = 1
  context.strokeRect(box.x + 0.5, box.y + 0.5, box.width - 1, box.height - 1)
}

type Shown = Pick<Face, 'powered' | 'processes' | 'rotation'>

/** How many connections a host had, as a line that reaches the top of the lane at `most`. */
export function paintConnections(brush: Brush, values: Float64Array, step: Time, most: number, lane: Box): void {
  const {context, palette, scale} = brush
  const y = (value: number) => lane.y + lane.height - 0.5 - (value / most) * (lane.height - 1)
  context.beginPath()
  const first = Math.max(0, Math.floor(scale.time(lane.x) / step) - 1)
  for (let k = first; k < values.length; k++) {
    const x = scale.x((k + 1) * step)
    context.lineTo(x, y(values[k]!))
    if (x > lane.x + lane.width) break
  }
  context.strokeStyle = palette.ink
  context.lineWidth = 1
  context.stroke()
}

/** So many pixels are between two signs at least. */
const apart = 13

/** What broke on a host: a bar for every pixel, the higher the more, and a sign where there is room for one. */
export function paintBroken(brush: Brush, broken: BrokenByHost, host: ActorId, span: Span, lane: Box): void {
  const {context, palette, scale} = brush
  const counts = new Uint32Array(families.length)
  const signs: {readonly x: number; readonly family: Family}[] = []
  let column = -1
  const flush = () => {
    const sum = counts.reduce((a, b) => a + b)
    if (sum === 0) return
    const family = families[counts.indexOf(Math.max(...counts))]!
    const height = lane.height < roomy ? lane.height : lane.height * shareOf(sum)
    context.fillStyle = palette.families[family]
    context.fillRect(column - 1, lane.y + lane.height - height, 2, height)
    if (column - (signs.at(-1)?.x ?? -apart) >= apart) signs.push({x: column, family})
    counts.fill(0)
  }
  broken.each(host, span.from, span.to, (at, family) => {
    const x = Math.round(scale.x(at))
    if (x !== column) flush()
    column = x
    counts[family]!++
  })
  flush()
  if (lane.height < roomy) return
  for (const {x, family} of signs) sign(brush, family, x, lane.y + lane.height / 2, Math.min(12, lane.height))
}

/** One is seen, and a thousand fill the lane. */
const shareOf = (count: number): number => Math.min(1, 0.3 + 0.7 * (Math.log10(count) / 3))
