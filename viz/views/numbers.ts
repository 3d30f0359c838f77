import {conclusion} from '../../sim/words/conclusion.ts'
import {summary} from '../../sim/words/report.ts'
import type {Desk} from '../desk/desk.ts'
import {isReady, letterOf, type ReadyRun} from '../desk/run.ts'
import {h, say} from '../draw/dom.ts'
import {drawn} from '../draw/frame.ts'
import {type Contestant, compared, comparedOverSeeds} from './numbers/compared.ts'
import {details, expectationsInShort} from './numbers/details.ts'
import {Replications} from './numbers/replications.ts'

/** The numbers of all runs side by side, what may be concluded from them, and all of each run. */
export function numbers(desk: Desk): HTMLElement {
  const words = h('div', {class: 'conclusion'})
  const table = h('div', {})
  const rest = h('div', {})
  const replications = new Replications(desk)
  const seeds = seedsControl(desk, replications)
  const place = h('div', {}, words, seeds.element, table, rest)
  let shown: readonly ReadyRun[] = []
  drawn(place, [desk.runs], () => {
    const {ready} = desk
    if (ready.length === shown.length && ready.every((run, i) => run === shown[i])) return
    shown = ready
    replications.cancel()
    seeds.reset()
    words.replaceChildren(...inWords(desk))
    rest.replaceChildren(...desk.runs.value.flatMap((run, i) => (isReady(run) ? [details(run, i)] : [])))
    tabulate(desk, table, replications)
  })
  drawn(place, [replications.reports], () => tabulate(desk, table, replications))
  return place
}

const contestantsOn = (desk: Desk): Contestant[] =>
  desk.runs.value.flatMap((run, index) =>
    isReady(run) && run.report !== undefined ? [{index, run: {...run, report: run.report}}] : [],
  )

function inWords(desk: Desk): HTMLElement[] {
  const contestants = contestantsOn(desk)
  const sentences =
    contestants.length > 1
      ? conclusion(contestants.map(({run: {lane, report}}) => ({strategy: lane.label, report})))
      : contestants.flatMap(({run}) => summary(run.report))
  const warnings = contestants.flatMap(({index, run}) =>
    run.report.warnings.map(it =>
      h('p', {}, h('span', {class: 'alarm', 'aria-hidden': 'true'}, '⚠'), ` ${letterOf(index)}: ${it}`),
    ),
  )
  const expected = expectationsInShort(desk.ready)
  const paragraphs = [...sentences, expected].filter(text => text !== '').map(text => h('p', {}, text))
  if (desk.ready.length === 0) return [h('p', {class: 'empty'}, 'Numbers are told of the first run that is done.')]
  return [...paragraphs, ...warnings]
}

function tabulate(desk: Desk, place: HTMLElement, {reports}: Replications): void {
  const contestants = contestantsOn(desk)
  if (contestants.length === 0) return place.replaceChildren()
  const several = reports.value
  if (several === undefined) return place.replaceChildren(compared(desk, contestants))
  // What Student's t takes is loaded when it is first asked for.
  void import('../../sim/experiment/estimate.ts').then(({estimate}) => {
    if (reports.value === several) place.replaceChildren(comparedOverSeeds(desk, contestants, several, estimate))
  })
}

const offered = [1, 5, 10, 20]

/** How many seeds there are to be, how far they are, and an end to them. */
function seedsControl(desk: Desk, replications: Replications): {element: HTMLElement; reset(): void} {
  const choose = h(
    'select',
    {onchange: () => choice()},
    ...offered.map(count => h('option', {value: count}, String(count))),
  )
  const progress = h('progress', {'aria-label': 'Runs under further seeds'})
  const told = h('span', {role: 'status'})
  const cancel = h('button', {type: 'button', onclick: () => reset()}, 'Cancel')
  const element = h('div', {class: 'seeds'}, h('label', {}, 'Seeds ', choose), progress, told, cancel)
  const reset = () => {
    replications.cancel()
    choose.value = '1'
  }
  const choice = () => {
    const seeds = Number(choose.value)
    if (seeds === 1) return replications.cancel()
    replications.start(
      contestantsOn(desk).map(({run}) => run),
      seeds,
    )
  }
  drawn(element, [desk.runs, replications.wanted, replications.done, replications.reports], () => {
    const {wanted, done, reports} = replications
    element.hidden = contestantsOn(desk).length === 0
    progress.hidden = cancel.hidden = wanted.value === 0
    progress.max = Math.max(1, wanted.value)
    progress.value = done.value
    say(told, reports.value === undefined ? (wanted.value > 0 ? 'running' : '') : meaning(reports.value))
  })
  return {element, reset}
}

/** What the numbers in the table are. */
function meaning(reports: readonly (readonly {readonly seed: number}[])[]): string {
  const [first] = reports
  const [from, to] = [first![0]!.seed, first!.at(-1)!.seed]
  const others = reports.length > 1 ? '; below them the difference to A, seed by seed; with ? it may be chance' : ''
  return `Means of seeds ${from} to ${to} ± half of their 95 % intervals${others}. What is said above is of seed ${from}.`
}
