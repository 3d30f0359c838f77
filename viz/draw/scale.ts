import {tickStep, ticks} from 'd3'
import type {Worst} from './course.ts'

/** Where values lie in a pane of so many pixels, and those at which there is a line. */
export interface Scale {
  readonly y: (value: number) => number
  readonly ticks: readonly number[]
}

/** Room above the highest line of a scale and below the lowest. */
export const inset = 7

/** From 0, or from a level that leaves the falls of a number that hardly falls to be seen, to a round number. */
export function linear([low, high]: readonly [number, number], height: number, worst: Worst): Scale {
  const from = worst === 'least' ? high * (floors.find(floor => low > high * (floor + 0.02)) ?? 0) : Math.min(0, low)
  const top = high > from ? high : from + 1
  const step = tickStep(from, top, 2)
  const to = Math.ceil(top / step - 1e-9) * step
  return {y: between(from, to, height, it => it), ticks: ticks(from, to, 2)}
}
const floors = [0.9, 0.8, 0.5]

/** Each power of ten as high as the others. */
export function logarithmic([low, high]: readonly [number, number], height: number): Scale {
  const [first, last] = [Math.floor(Math.log10(low) + 1e-9), Math.ceil(Math.log10(high) - 1e-9)]
  const [from, to] = [10 ** first, 10 ** Math.max(last, first + 1)]
  const stride = Math.ceil((last - first) / 3) || 1
  const powers = Array.from({length: Math.floor((last - first) / stride) + 1}, (_, k) => 10 ** (first + k * stride))
  return {y: between(from, to, height, Math.log10), ticks: powers.length > 1 ? powers : [from, to]}
}

function between(from: number, to: number, height: number, bent: (value: number) => number): Scale['y'] {
  const [bottom, pixels] = [bent(from), height - 2 * inset]
  const perUnit = pixels / (bent(to) - bottom)
  return value => inset + pixels - (bent(value) - bottom) * perUnit
}

/** Heights for labels that want to be at `wanted`, in the same order, none closer to another than `apart`. */
export function spread(wanted: readonly number[], apart: number, height: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b)
  const at = [...wanted]
  let free = Number.NEGATIVE_INFINITY
  for (const i of order) {
    at[i] = Math.max(wanted[i]!, free)
    free = at[i]! + apart
  }
  let limit = height
  for (const i of order.toReversed()) {
    at[i] = Math.min(at[i]!, limit)
    limit = at[i]! - apart
  }
  return at
}
