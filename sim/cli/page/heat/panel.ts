import type {Estimate} from '../../../experiment/estimate.ts'
import {none} from '../../../words/figures.ts'
import {intervalText} from '../../../words/intervals.ts'
import type {Style} from '../../../words/rows.ts'
import {element, escaped} from '../text.ts'
import type {Ramp} from './ramp.ts'

/** What a square shows. */
export interface Spot {
  readonly estimate: Estimate | undefined
  readonly failed: number
  /** Whether in all its runs the releases came to their end. */
  readonly isFinished: boolean
}

/** Squares over two axes, each with its number. */
export interface Panel {
  readonly title: string
  readonly across: PanelAxis
  readonly down: PanelAxis
  /** By place across and place down. */
  spot(across: number, down: number): Spot
}

/** An axis without a name has one place. */
export interface PanelAxis {
  readonly name: string
  readonly levels: readonly string[]
}

/** A table whose cells are coloured, so that whoever does not see the colours has the numbers. */
export function drawPanel({title, across, down, spot}: Panel, ramp: Ramp, style: Style): string {
  const heads = across.levels.map(level => `<th scope="col">${escaped(level)}</th>`).join('')
  const top =
    across.name === ''
      ? ''
      : `<tr><td></td><th scope="colgroup" colspan="${across.levels.length}">${escaped(across.name)}</th></tr>`
  const rows = down.levels.map((level, row) => {
    const cells = across.levels.map((_, column) => drawSpot(spot(column, row), ramp, style))
    return `<tr><th scope="row">${escaped(level)}</th>${cells.join('')}</tr>`
  })
  return `<figure><figcaption>${escaped(title)}</figcaption>
<div class="wide"><table class="heat"><thead>${top}<tr><th scope="col">${escaped(down.name)}</th>${heads}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div></figure>`
}

function drawSpot({estimate, failed, isFinished}: Spot, ramp: Ramp, style: Style): string {
  const note = failed === 0 ? '' : `<small>${failed} failed</small>`
  if (estimate === undefined) return element('td', {class: 'nothing'}, `${none}${note}`)
  const {background, ink} = ramp.colour(estimate.mean)
  const [mean = '', half] = intervalText(estimate, style).split(' ± ')
  const interval = estimate.replications === 1 || half === undefined ? '' : `<small>± ${escaped(half)}</small>`
  const text = estimate.replications === 1 ? style.text(estimate.mean) : mean
  const paint = `background-color: ${background}; color: ${ink}`
  const mark = isFinished ? {} : {class: 'unfinished', title: 'a release did not come to its end within the run'}
  return element('td', {style: paint, ...mark}, `<b>${escaped(text)}</b>${interval}${note}`)
}
