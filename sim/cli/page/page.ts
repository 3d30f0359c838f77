import type {Conclusion, Finding, State} from '../../reproduction/conclusion.ts'
import type {Arm, Claim} from '../../reproduction/target.ts'
import type {Seeds} from '../reproduction/json.ts'
import {
  advised,
  bounds,
  interval,
  publishedValue,
  rule,
  standing,
  stateSigns,
  tally,
  verdictSigns,
} from '../reproduction/words.ts'
import {drawFigure} from './figure.ts'
import {style} from './style.ts'
import {element, escaped} from './text.ts'

/** One page that needs nothing else: the verdicts first, then a figure or two for each target. */
export const page = (conclusions: readonly Conclusion[], seeds: Seeds): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Zero Downtime Release, simulated</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Zero Downtime Release, simulated</h1>
<p class="tally">${escaped(tally(conclusions.map(({verdict}) => verdict)))}</p>
<p>${introduction(seeds)}</p>
</header>
<main>
${verdictTable(conclusions)}
${conclusions
  .filter(({target}) => target !== undefined)
  .map(section)
  .join('\n')}
</main>
<footer>
<p>A, B, C: the value was seen in a source; its direction is certain and its size is recalled; all of it is recalled.
${rule} Hollow circles are published values.
What is simulated, and what is not, with the direction in which it errs, stands in docs/model.md.</p>
</footer>
</body>
</html>
`

const introduction = ({seed, seeds}: Seeds): string =>
  `What was published about Meta’s releases (Naseer and others, SIGCOMM 2020, and sources around it) beside what <code>zdr</code>
makes of the same mechanisms. Every number is a mean over ${seeds} replications (seeds ${seed} to ${seed + seeds - 1}) with its
95 % interval; bands around lines are the same.`

const verdictCell = ({verdict}: Conclusion): string =>
  element(
    'span',
    {class: `verdict ${verdict.replace(' ', '-')}`},
    `<i aria-hidden="true">${verdictSigns[verdict]}</i> ${advised(verdict)}`,
  )

function verdictTable(conclusions: readonly Conclusion[]): string {
  const heads = [
    '',
    'what is measured',
    'published',
    '<abbr title="strength">A/B/C</abbr>',
    'the simulation gives',
    'verdict',
  ]
  return `<table class="verdicts">
<thead><tr>${heads.map(head => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>
${conclusions.map(verdictRow).join('\n')}
</tbody></table>`
}

function verdictRow(conclusion: Conclusion): string {
  const {subject, target, findings, missing} = conclusion
  const {id, title, published, strength} = subject
  const name = target === undefined ? id : `<a href="#${id}">${id}</a>`
  const gives = missing === '' ? element('ul', {}, headlines(findings).map(headline).join('')) : escaped(missing)
  return `<tr><th scope="row">${name}</th><td>${escaped(title)}</td>
<td>${escaped(published.says)} <small>${escaped(standing(published))}</small></td>
<td class="strength">${strength}</td><td>${gives}</td><td>${verdictCell(conclusion)}</td></tr>`
}

const urgency: Readonly<Record<State, number>> = {holds: 0, undecided: 1, missed: 2}

/** What is shown of a target that claims much: first what fails, then what was published, at most three. */
function headlines(findings: readonly Finding[]): Finding[] {
  const weight = ({state, claim}: Finding) => 2 * urgency[state] + (claim.published === undefined ? 0 : 1)
  return findings.toSorted((a, b) => weight(b) - weight(a)).slice(0, 3)
}

const headline = ({claim, estimate}: Finding): string =>
  `<li>${escaped(claim.about)}: <b>${escaped(interval(estimate, claim))}</b></li>`

function section(conclusion: Conclusion): string {
  const {subject, target, findings} = conclusion
  const {id, title, published, strength} = subject
  const figures = target!.figures.map((figure, i) => drawFigure(figure, conclusion, `${id}-${i + 1}`))
  return `<section id="${id}">
<h2><span class="id">${id}</span> ${escaped(title)} ${verdictCell(conclusion)}</h2>
<p class="published-text">Published: ${escaped(published.says)} <small>(${escaped(standing(published))}; strength ${strength})</small></p>
<div class="figures">
${figures.join('\n')}
${claimTable(findings, target!.figures.length)}
</div>
${target!.lacks === undefined ? '' : `<p class="lacks"><i aria-hidden="true">✗</i> ${escaped(target!.lacks)}</p>`}
${target!.remark === undefined ? '' : `<p class="remark">${escaped(target!.remark)}</p>`}
${runs(Object.values(target!.arms))}
</section>`
}

/** Beside one figure if it is short, else below all of them. */
function claimTable(findings: readonly Finding[], figures: number): string {
  const place = figures === 1 && findings.length <= 7 ? 'beside' : 'below'
  const rows = findings.map(claimRow)
  return `<div class="wide claims ${place}"><table><thead><tr><th scope="col"></th><th scope="col">published</th>
<th scope="col">simulated</th><th scope="col">wanted</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`
}

function claimRow({claim, estimate, state}: Finding): string {
  const strength = claim.strength === undefined ? '' : ` <small>(strength ${claim.strength})</small>`
  return `<tr class="${state}"><th scope="row">${escaped(claim.about)}${strength}</th>
${claimCell('published', escaped(publishedValue(claim)))}
${claimCell('simulated', `<b>${escaped(interval(estimate, claim))}</b>`)}
${claimCell('wanted', wanted(claim, state))}</tr>`
}

/** On a narrow page, where columns have no heads, a cell says itself what it holds. */
const claimCell = (head: string, inside: string): string =>
  element('td', {'data-head': inside === '' ? undefined : head}, inside)

function wanted(claim: Claim, state: State): string {
  const within = bounds(claim)
  if (within === '') return ''
  return `<i aria-hidden="true">${stateSigns[state]}</i> ${escaped(within)}${stateNotes[state]}`
}

const stateNotes: Readonly<Record<State, string>> = {
  holds: '',
  undecided: '<small>undecided: more seeds</small>',
  missed: '<small>missed</small>',
}

function runs(arms: readonly Arm[]): string {
  if (arms.length === 0) return ''
  const lines = arms.map(({scenario, strategy, set = []}) =>
    [
      `zdr run ${scenario}`,
      ...(strategy === undefined ? [] : [`--strategy ${strategy}`]),
      ...set.map(it => `--set ${it}`),
    ].join(' '),
  )
  return `<details><summary>The runs behind it</summary><pre>${escaped(lines.join('\n'))}</pre></details>`
}
