import {count} from '../../../words/figures.ts'
import {headWith, type Style} from '../../../words/rows.ts'
import type {Shown} from '../../sweep/shown.ts'
import type {Outcome} from '../../sweep/sweep.ts'
import {unfinishedNote} from '../../sweep/unfinished.ts'
import {askLine} from '../../sweep/words.ts'
import {style as pageStyle} from '../style.ts'
import {escaped} from '../text.ts'
import {drawCloud} from './cloud.ts'
import {drawPanel} from './panel.ts'
import {mostPanels, panelsOf, spotAt} from './panels.ts'
import {legend, type Ramp, rampOver} from './ramp.ts'
import {choiceStyle, heatStyle} from './style.ts'

/** A sweep as one page that needs nothing else, and no script: for each way a panel over two axes, coloured by a measure. */
export function heatMap(outcome: Outcome): string {
  const {about, shown: measures} = outcome
  const radios = measures.map(
    ({head}, i) =>
      `<input type="radio" name="measure" class="choice" id="choose-${i}"${i === 0 ? ' checked' : ''} aria-label="${escaped(head)}">`,
  )
  const labels = measures.map(({head}, i) => `<label for="choose-${i}">${escaped(head)}</label>`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(about.title)}: a sweep</title>
<style>${pageStyle}${heatStyle}${choiceStyle(measures.length)}</style>
</head>
<body>
<header>
<h1>${escaped(about.title)}</h1>
<p>${introduction(outcome)}</p>
</header>
${radios.join('\n')}
<div class="tabs">${labels.join('')}</div>
<main>
${measures.map((shown, i) => section(outcome, shown, i)).join('\n')}
</main>
<footer>
<details><summary>The command behind it</summary><pre>${escaped(askLine(outcome.ask))}</pre></details>
</footer>
</body>
</html>
`
}

function introduction({ask, plan, failures}: Outcome): string {
  const {seed, replications} = ask
  const seeds = replications === 1 ? `seed ${seed}` : `seeds ${seed} to ${seed + replications - 1}, the same everywhere`
  const interval = replications === 1 ? '' : ' Numbers are means with their 95 % intervals.'
  const failed = failures.length === 0 ? '' : ` ${count(failures.length)} of the runs failed.`
  return `${count(plan.cells.length)} runs: ${count(plan.points.length)} points, ${seeds}.${interval}${failed}`
}

function section(outcome: Outcome, shown: Shown, index: number): string {
  const means = outcome.ask.strategies.flatMap((_, way) =>
    outcome.plan.points.flatMap((_, point) => spotAt(outcome, shown, way, point).estimate?.mean ?? []),
  )
  const style = shown.styling(means)
  const ramp = rampOver(means)
  const drawn =
    outcome.ask.design === 'grid' ? panels(outcome, shown, ramp, style) : clouds(outcome, shown, ramp, style)
  const left = drawn.length - mostPanels
  const unfinished = unfinishedNote(outcome, 'hatched')
    .map(it => `<p>${escaped(it)}</p>\n`)
    .join('')
  return `<section class="measure measure-${index}">
<h2>${escaped(headWith(shown.head, style.unit))}</h2>
${legend(ramp, style, shown.better)}
${unfinished}<div class="figures">
${drawn.slice(0, mostPanels).join('\n')}
</div>
${left > 0 ? `<p>${count(left)} more panels would be here; their numbers are in the rows.</p>` : ''}
</section>`
}

const panels = (outcome: Outcome, shown: Shown, ramp: Ramp, style: Style): string[] =>
  panelsOf(outcome, shown).map(panel => drawPanel(panel, ramp, style))

const clouds = (outcome: Outcome, shown: Shown, ramp: Ramp, style: Style): string[] =>
  outcome.ask.strategies.map((_, way) => drawCloud(outcome, shown, way, ramp, style))
