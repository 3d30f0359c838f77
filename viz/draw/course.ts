import type {Duration, Time} from '../../sim/engine/time.ts'
import type {Span} from './timeline.ts'

/** A number over time: one value for each bucket of `width`, the first from 0 on. NaN where there is none. */
export interface Course {
  readonly width: Duration
  readonly values: Float64Array
}

/** Which of two values is the worse one, and so the one that stands for both where there is room for one. */
export type Worst = 'least' | 'most'

/** The bucket of an instant. The last one has the end as well. */
export const bucketAt = ({width, values}: Course, time: Time): number =>
  Math.max(0, Math.min(values.length - 1, Math.floor(time / width)))

/** Buckets that reach into a stretch of time: from the first to before the second. */
export const bucketsIn = (course: Course, {from, to}: Span): [first: number, end: number] => [
  bucketAt(course, from),
  bucketAt(course, Math.max(from, to - 1)) + 1,
]

/** The lowest and the highest value in a stretch of time; undefined if there are none. */
export function extent(courses: readonly Course[], span: Span): [low: number, high: number] | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const course of courses) {
    const [first, end] = bucketsIn(course, span)
    for (let k = first; k < end; k++) {
      const value = course.values[k]!
      if (value < low) low = value
      if (value > high) high = value
    }
  }
  return low <= high ? [low, high] : undefined
}

/** The same in wider buckets, so that at most so many lie in a stretch of time; each has the worst of those in it. */
export function folded(course: Course, span: Span, most: number, worst: Worst): Course {
  const [first, end] = bucketsIn(course, span)
  const stride = Math.ceil((end - first) / Math.max(1, most))
  if (stride <= 1) return course
  const values = new Float64Array(Math.ceil(course.values.length / stride)).fill(Number.NaN)
  course.values.forEach((value, k) => {
    const before = values[Math.floor(k / stride)]!
    if (Number.isNaN(before) || (worst === 'least' ? value < before : value > before))
      values[Math.floor(k / stride)] = value
  })
  return {width: course.width * stride, values}
}
