import {count} from '../../../sim/words/figures.ts'
import type {Desk} from '../../desk/desk.ts'
import {letterOf, type ReadyRun} from '../../desk/run.ts'
import {h, say} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import type {Signal} from '../../draw/signal.ts'
import {type Layout, layoutOf} from './layout.ts'

/** What the rows and strips are, with how many were disrupted up to now, and how many more than in another run. */
export function heads(desk: Desk, width: Signal<number>): HTMLElement {
  const place = h('div', {class: 'heads', 'aria-hidden': 'true'})
  let figures: readonly (() => void)[] = []
  drawn(place, [desk.runs, desk.focus, width], () => {
    const layout = layoutOf(desk.runs.value.length, width.value)
    const all = [...rowHeads(desk, layout), ...stripHeads(desk, layout)]
    place.replaceChildren(...all.map(({element}) => element))
    figures = all.map(({tell}) => tell)
    for (const tell of figures) tell()
  })
  drawn(place, [desk.clock.time], () => {
    for (const tell of figures) tell()
  })
  return place
}

interface Head {
  readonly element: HTMLElement
  tell(): void
}

const rowHeads = (desk: Desk, layout: Layout): Head[] =>
  desk.runs.value.map(({lane}, run) => {
    const figure = h('span', {class: 'figure'})
    const letter = h('span', {class: `badge run-${run}`}, letterOf(run))
    const element = h('div', {title: `${lane.label}: disrupted up to now`}, letter, figure)
    element.style.top = `${layout.rowTop(run)}px`
    element.style.height = `${layout.row}px`
    return {element, tell: () => say(figure, disrupted(desk, run))}
  })

const stripHeads = (desk: Desk, layout: Layout): Head[] =>
  others(desk).map((other, k) => {
    const base = desk.focus.value
    const figure = h('span', {class: 'figure'})
    const letters = `${letterOf(base)}−${letterOf(other)}`
    const element = h('div', {class: 'difference'}, h('span', {class: 'letters'}, letters), figure)
    element.title = `Up to now: how many more were disrupted in ${letterOf(base)} than in ${letterOf(other)}`
    element.style.top = `${layout.stripTop(k)}px`
    element.style.height = `${layout.strip}px`
    return {element, tell: () => say(figure, more(desk, base, other))}
  })

/** The runs that the one that is looked at closely is compared with, in their order. */
export const others = ({runs, focus}: Desk): readonly number[] =>
  [...runs.value.keys()].filter(run => run !== focus.value)

const readyRun = (desk: Desk, run: number): ReadyRun | undefined => {
  const it = desk.runs.value[run]
  return it?.state === 'ready' ? it : undefined
}

/** A trace keeps the first so many: from then on it is at least that. */
function disrupted(desk: Desk, run: number): string {
  const it = readyRun(desk, run)
  if (it === undefined) return ''
  const {total, cap} = it.recording.disruptions
  const known = it.tally.count(-1, desk.clock.time.value)
  return known === cap && total > cap ? `${count(known)}+` : count(known)
}

function more(desk: Desk, base: number, other: number): string {
  const [one, two] = [readyRun(desk, base), readyRun(desk, other)]
  if (one === undefined || two === undefined) return ''
  const time = desk.clock.time.value
  const difference = one.tally.count(-1, time) - two.tally.count(-1, time)
  return difference === 0 ? '±0' : `${difference > 0 ? '+' : '−'}${count(Math.abs(difference))}`
}
