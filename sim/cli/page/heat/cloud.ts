import {valuesIn} from '../../../experiment/quantity.ts'
import {none, timeUnit} from '../../../words/figures.ts'
import {intervalText} from '../../../words/intervals.ts'
import {headWith, type Style} from '../../../words/rows.ts'
import {type Shown, shortNames} from '../../sweep/shown.ts'
import {type Outcome, wayName} from '../../sweep/sweep.ts'
import {unfinishedSign} from '../../sweep/unfinished.ts'
import {horizontalAxis, type Margin, type Scale, scaleFor, size, verticalAxis} from '../frame.ts'
import {element, escaped} from '../text.ts'
import type {Spot} from './panel.ts'
import {spotAt} from './panels.ts'
import type {Ramp} from './ramp.ts'

const margin: Margin = {left: 60, right: 16, top: 30, bottom: 44}
const mostListed = 100

/** The points of a way that are no grid, at their places on the first two axes; with one axis, over the measure itself. */
export function drawCloud(outcome: Outcome, shown: Shown, way: number, ramp: Ramp, style: Style): string {
  const spots = outcome.plan.points.map((_, point) => spotAt(outcome, shown, way, point))
  const across = sideOf(outcome, 0)
  const down = outcome.plan.axes.length > 1 ? sideOf(outcome, 1) : measureSide(shown, spots, style)
  const x = scaleFor(across, across.values.filter(isKnown), [margin.left, size.width - margin.right])
  const y = scaleFor(down, down.values.filter(isKnown), [size.height - margin.bottom, margin.top])
  const dots = spots.map((spot, i) => drawDot(spot, across.values[i], down.values[i], {x, y, ramp, style}))
  const name = `${shown.head} of ${wayName(outcome.ask.strategies[way]!)}, by colour`
  const picture = {class: 'figure', viewBox: `0 0 ${size.width} ${size.height}`, role: 'img', 'aria-label': name}
  const drawing = horizontalAxis(across, x, margin) + verticalAxis(down, y, margin) + dots.join('')
  return `<figure><figcaption>${escaped(wayName(outcome.ask.strategies[way]!))}</figcaption>
${element('svg', picture, drawing)}
<details><summary>As numbers</summary>${listOf(outcome, shown, spots, style)}</details></figure>`
}

/** What lies along one side of the picture, point by point. */
interface Side {
  readonly label: string
  /** Linear if it does not say. */
  readonly scale?: 'log'
  readonly values: readonly (number | undefined)[]
}

/** Words have no place but their order. */
function sideOf({plan}: Outcome, axis: number): Side {
  const {scale, levels = []} = plan.axes[axis]!
  const name = shortNames(plan.axes.map(({path}) => path))[axis]!
  const texts = plan.points.map(point => point[axis]!)
  const found = valuesIn(texts)
  if (found === undefined)
    return {
      label: `${name}: ${levels.map((level, i) => `${i + 1} ${level}`).join(', ')}`,
      values: texts.map(text => levels.indexOf(text) + 1),
    }
  const unit =
    found.unit === 's' ? timeUnit([Math.max(...found.values)]) : {name: found.unit === '1' ? '' : found.unit, size: 1}
  return {
    label: headWith(name, unit.name),
    ...(scale === 'log' && {scale}),
    values: found.values.map(value => value / unit.size),
  }
}

const measureSide = ({head}: Shown, spots: readonly Spot[], {unit, size}: Style): Side => ({
  label: headWith(head, unit),
  values: spots.map(({estimate}) => estimate && estimate.mean / size),
})

const isKnown = (value: number | undefined): value is number => value !== undefined

interface Place {
  readonly x: Scale
  readonly y: Scale
  readonly ramp: Ramp
  readonly style: Style
}

/** A cross stands where nothing is known. */
function drawDot(
  {estimate, isFinished}: Spot,
  at: number | undefined,
  value: number | undefined,
  {x, y, ramp, style}: Place,
): string {
  if (at === undefined || value === undefined) return ''
  const [left, top] = [x(at).toFixed(1), y(value).toFixed(1)]
  if (estimate === undefined) return element('text', {x: left, y: top, 'text-anchor': 'middle'}, '×')
  const title = element('title', {}, escaped(intervalText(estimate, style)))
  const kind = isFinished ? 'spot' : 'spot unfinished'
  return element('circle', {class: kind, cx: left, cy: top, r: 7, fill: ramp.colour(estimate.mean).background}, title)
}

function listOf({plan}: Outcome, {head}: Shown, spots: readonly Spot[], style: Style): string {
  const names = [...shortNames(plan.axes.map(({path}) => path)), headWith(head, style.unit)]
  const heads = names.map(name => `<th scope="col">${escaped(name)}</th>`).join('')
  const rows = plan.points.slice(0, mostListed).map((point, i) => {
    const {estimate, isFinished} = spots[i]!
    const text = estimate === undefined ? none : intervalText(estimate, style).replace(/ ± Inf.*/, '')
    const marked = text + (isFinished ? '' : unfinishedSign)
    return `<tr>${[...point, marked].map(it => `<td>${escaped(it)}</td>`).join('')}</tr>`
  })
  const left = plan.points.length - rows.length
  const more = left === 0 ? '' : `<p>and ${left} more, in rows.csv</p>`
  return `<div class="wide"><table class="numbers"><thead><tr>${heads}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>${more}`
}
