import type {Estimate} from '../../experiment/estimate.ts'
import type {Conclusion} from '../../reproduction/conclusion.ts'
import type {NumberFigure, NumberRow} from '../../reproduction/target.ts'
import {significant} from '../../words/figures.ts'
import {horizontalAxis, type Margin, type Scale, scaleFor, size} from './frame.ts'
import {colour, dot, hollow} from './marks.ts'
import {element, escaped} from './text.ts'

const margin: Margin = {left: 16, right: 70, top: 10, bottom: 44}

/** Numbers one below the other: the mean with its interval, and what was published. */
export function drawNumbers({rows, x: axis}: NumberFigure, {numbers}: Conclusion): string {
  const found = rows.map(({number}) => numbers[number]!)
  const values = found.flatMap(({mean, half}) => [mean - half, mean + half])
  const published = rows.flatMap(row => row.published ?? [])
  const x = scaleFor(axis, [...values, ...published], [margin.left, size.width - margin.right])
  const step = (size.height - margin.top - margin.bottom) / rows.length
  const drawn = rows.map((row, i) => drawRow(row, found[i]!, x, margin.top + step * (i + 0.66), i))
  return horizontalAxis(axis, x, margin) + drawn.join('')
}

function drawRow({label, published}: NumberRow, {mean, half}: Estimate, x: Scale, y: number, row: number): string {
  const [low = 0, high = 0] = x.range()
  const at = (value: number) => Math.min(Math.max(low, x(value)), high)
  const index = row % 4
  const middle = y.toFixed(1)
  return [
    element('text', {class: 'row', x: low + 4, y: (y - 16).toFixed(1)}, escaped(label)),
    element('line', {class: 'grid', x1: low, x2: high, y1: middle, y2: middle}),
    element('line', {
      class: 'interval',
      x1: at(mean - half).toFixed(1),
      x2: at(mean + half).toFixed(1),
      y1: middle,
      y2: middle,
      stroke: colour(index),
    }),
    published === undefined ? '' : hollow(at(published), y),
    dot(index, at(mean), y),
    element(
      'text',
      {class: 'value', x: size.width - 4, y: (y + 4).toFixed(1), 'text-anchor': 'end'},
      significant(mean),
    ),
  ].join('')
}
