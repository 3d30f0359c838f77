import {bucketsIn, type Course} from '../../draw/course.ts'
import type {Scale} from '../../draw/scale.ts'
import type {Span, Timeline} from '../../draw/timeline.ts'

/** A path with a level for the whole of each bucket, for that is what is known of it, and gaps where there is none. */
export function traceSteps(
  context: CanvasRenderingContext2D,
  course: Course,
  span: Span,
  scale: Timeline,
  level: Scale,
): void {
  const {width, values} = course
  const [first, end] = bucketsIn(course, span)
  let isDrawing = false
  for (let k = first; k < end; k++) {
    const y = level.y(values[k]!)
    if (Number.isNaN(y)) {
      isDrawing = false
      continue
    }
    if (isDrawing) context.lineTo(scale.x(k * width), y)
    else context.moveTo(scale.x(k * width), y)
    context.lineTo(scale.x((k + 1) * width), y)
    isDrawing = true
  }
}

/** Shades what lies between two courses of the same buckets, so lightly that lines are seen upon it. */
export function fillBetween(
  context: CanvasRenderingContext2D,
  [low, high]: readonly [Course, Course],
  span: Span,
  scale: Timeline,
  level: Scale,
): void {
  const [first, end] = bucketsIn(low, span)
  context.globalAlpha = 0.18
  for (let k = first; k < end; k++) {
    const x = scale.x(k * low.width)
    const top = level.y(high.values[k]!)
    context.fillRect(x, top, scale.x((k + 1) * low.width) - x, level.y(low.values[k]!) - top)
  }
  context.globalAlpha = 1
}

/** The last value in a stretch of time. */
export function lastIn(course: Course, span: Span): number | undefined {
  const [first, end] = bucketsIn(course, span)
  for (let k = end - 1; k >= first; k--) if (!Number.isNaN(course.values[k]!)) return course.values[k]!
  return undefined
}
