import {count, percent} from '../../sim/words/figures.ts'
import type {Desk} from '../desk/desk.ts'
import type {Run} from '../desk/run.ts'
import {isReady, letterOf} from '../desk/run.ts'
import {h, say} from '../draw/dom.ts'
import {drawn} from '../draw/frame.ts'
import {topology} from './topology.ts'

/** The runs side by side: what each is, how it stands at this instant, and the fleet in it. */
export function overview(desk: Desk): HTMLElement {
  const place = h('section', {class: 'overview', 'aria-label': 'The runs side by side'})
  let shown: readonly string[] = []
  drawn(place, [desk.runs], () => {
    const keys = desk.runs.value.map(({lane, state}) => `${lane.label} ${state === 'ready'} ${lane.sets}`)
    if (keys.join() === shown.join()) return
    shown = keys
    place.replaceChildren(...desk.runs.value.map((_, index) => card(desk, index)))
  })
  return place
}

function card(desk: Desk, index: number): HTMLElement {
  const run = () => desk.runs.value[index]
  const {lane} = desk.runs.value[index]!
  const badge = h('span', {class: `badge run-${index}`, 'aria-hidden': 'true'}, letterOf(index))
  const look = h(
    'button',
    {type: 'button', class: 'name', onclick: () => desk.focus.set(index)},
    badge,
    h('span', {}, lane.label),
  )
  const summary = h('p', {class: 'summary'}, sentenceFor(desk, lane.replace ?? lane.label))
  const so = h('output', {class: 'so-far'})
  const of = h('span', {class: 'of'})
  const progress = h('progress', {max: 1, 'aria-label': `simulating ${lane.label}`})
  const element = h('article', {class: 'card', 'aria-label': lane.label}, h('h2', {}, look), summary)
  if (isReady(run()!)) element.append(h('p', {class: 'count'}, so, of), topology(desk, index))
  else element.append(progress)
  drawn(element, [desk.runs, desk.clock.time, desk.focus], () => {
    const now = run()
    if (now === undefined) return
    element.classList.toggle('focused', desk.focus.value === index)
    look.setAttribute('aria-pressed', String(desk.focus.value === index))
    if (now.state === 'ready') tell(now, desk.clock.time.value, so, of)
    else if (now.state === 'running') progress.value = now.done
    else progress.replaceWith(h('p', {class: 'failed', role: 'alert'}, now.message))
  })
  return element
}

function tell(run: Run, time: number, so: HTMLElement, of: HTMLElement): void {
  if (run.state !== 'ready') return
  const {disruptions, end} = run.recording
  const whole = run.report?.disruption
  const total = whole?.count ?? disruptions.total
  say(so, count(time >= end ? total : run.tally.count(-1, time)))
  say(of, ` of ${count(total)} disrupted${whole ? ` (${percent(whole.fraction, 3)} % of all)` : ''}`)
}

export function sentenceFor(desk: Desk, name: string): string {
  const {outline} = desk
  const known = outline.value?.choices.find(choice => choice.name === name)
  if (known !== undefined) return known.summary
  return (outline.value?.releases ?? []).map(({tier, strategy}) => `${tier}: ${strategy}`).join(' · ')
}
