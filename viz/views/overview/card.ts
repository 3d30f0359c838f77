import type {Desk} from '../../desk/desk.ts'
import {type Lane, letterOf, type Run} from '../../desk/run.ts'
import {h, say} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import {topology} from '../topology/topology.ts'
import {score} from './score.ts'
import {forkWords} from './standing.ts'

/** One run: its name and idea, and then how it stands; or how far it is, or why there is none. */
export function card(desk: Desk, index: number): HTMLElement {
  const {lane} = desk.runs.value[index]!
  const look = h(
    'button',
    {type: 'button', class: 'name', onclick: () => desk.focus.set(index)},
    h('span', {class: `badge run-${index}`, 'aria-hidden': 'true'}, letterOf(index)),
    h('span', {class: 'label'}, lane.label),
  )
  const away = h(
    'button',
    {type: 'button', class: 'away', 'aria-label': `close ${lane.label}`, onclick: () => close(desk, index)},
    '×',
  )
  const fork = forkWords(lane)
  const body = h('div', {class: 'body'})
  const element = h(
    'article',
    {class: `card run-${index}`, 'aria-label': lane.label},
    h('div', {class: 'top'}, h('h2', {}, look), away),
    h('p', {class: 'summary'}, sentenceFor(desk, lane)),
    fork !== undefined && h('p', {class: 'fork'}, fork),
    body,
  )
  let shown: Run['state'] | undefined
  drawn(element, [desk.runs, desk.focus], () => {
    const run = desk.runs.value[index]
    if (run?.lane !== lane) return
    element.classList.toggle('focused', desk.focus.value === index)
    look.setAttribute('aria-pressed', String(desk.focus.value === index))
    away.hidden = desk.runs.value.length < 2
    if (run.state !== shown) body.replaceChildren(...contents(desk, index, run))
    shown = run.state
  })
  return element
}

function contents(desk: Desk, index: number, run: Run): readonly HTMLElement[] {
  if (run.state === 'ready') return [score(desk, run), topology(desk, index, run)]
  if (run.state === 'running') return [progress(desk, index, run.lane.label)]
  return [h('p', {class: 'failed', role: 'alert'}, run.message)]
}

function progress(desk: Desk, index: number, label: string): HTMLElement {
  const bar = h('progress', {max: 1, 'aria-label': `simulating ${label}`})
  const done = h('span', {class: 'done'})
  const cancel = h(
    'button',
    {type: 'button', 'aria-label': `cancel ${label}`, onclick: () => close(desk, index)},
    'Cancel',
  )
  const element = h('div', {class: 'progress'}, h('span', {}, 'simulating'), bar, done, cancel)
  drawn(element, [desk.runs], () => {
    const run = desk.runs.value[index]
    if (run?.state !== 'running') return
    bar.value = run.done
    say(done, `${Math.round(run.done * 100)} %`)
  })
  return element
}

/** Takes a run away. The last of all is only ended, for the scenario stays on the desk. */
function close(desk: Desk, index: number): void {
  const others = desk.runs.value.filter((_, i) => i !== index)
  if (others.length === 0) return desk.cancel()
  if (desk.focus.value > index) desk.focus.set(desk.focus.value - 1)
  if (desk.sheet.value === undefined) desk.runs.set(others)
  else desk.setLanes(others.map(({lane}) => lane))
  desk.focus.set(Math.min(desk.focus.value, others.length - 1))
}

export function sentenceFor({outline}: Desk, {label, replace, summary}: Lane): string {
  const known = outline.value?.choices.find(({name}) => name === (replace ?? label))?.summary ?? summary
  if (known !== undefined) return known
  return (outline.value?.releases ?? []).map(({tier, strategy}) => `${tier}: ${strategy}`).join(' · ')
}
