import {type ScaleContinuousNumeric, scaleLinear, scaleLog} from 'd3'
import type {Axis} from '../../reproduction/target.ts'
import {element, escaped} from './text.ts'

export type Scale = ScaleContinuousNumeric<number, number>

export const size = {width: 560, height: 320} as const

/** Room around what is drawn. */
export interface Margin {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** From values to places; as wide as the values that there are, unless the axis says more. */
export function scaleFor(axis: Axis, values: readonly number[], range: readonly [number, number]): Scale {
  const shown = axis.scale === 'log' ? values.filter(value => value > 0) : values
  const domain = [axis.from ?? Math.min(...shown), axis.to ?? Math.max(...shown)]
  const scale = axis.scale === 'log' ? scaleLog(domain, range) : scaleLinear(domain, range)
  const isGiven = axis.from !== undefined && axis.to !== undefined
  // What lies beyond the ends is drawn at them.
  return (isGiven ? scale : scale.nice()).clamp(true)
}

/** Ticks, their numbers, a faint grid and what the axis shows. */
export function horizontalAxis(axis: Axis, scale: Scale, {left, right, bottom, top}: Margin): string {
  const floor = size.height - bottom
  const ticks = ticksOf(axis, scale, 6).map(({value, text}) => {
    const x = scale(value).toFixed(1)
    const line = element('line', {class: 'grid', x1: x, x2: x, y1: top, y2: floor})
    return line + element('text', {x, y: floor + 18, 'text-anchor': 'middle'}, text)
  })
  const middle = (left + size.width - right) / 2
  const label = element(
    'text',
    {class: 'label', x: middle, y: size.height - 6, 'text-anchor': 'middle'},
    escaped(axis.label),
  )
  return ticks.join('') + label
}

export function verticalAxis(axis: Axis, scale: Scale, {left, right, top}: Margin): string {
  const ticks = ticksOf(axis, scale, 5).map(({value, text}) => {
    const y = scale(value)
    const line = element('line', {class: 'grid', x1: left, x2: size.width - right, y1: y.toFixed(1), y2: y.toFixed(1)})
    return line + element('text', {x: left - 8, y: (y + 4).toFixed(1), 'text-anchor': 'end'}, text)
  })
  return ticks.join('') + element('text', {class: 'label', x: 4, y: top - 12}, escaped(axis.label))
}

function ticksOf(axis: Axis, scale: Scale, count: number): {value: number; text: string}[] {
  const write = axis.scale === 'log' ? scale.tickFormat(count, '~g') : scale.tickFormat(count)
  return scale
    .ticks(count)
    .map(value => ({value, text: escaped(write(value).replace('−', '-'))}))
    .filter(({text}) => text !== '')
}
