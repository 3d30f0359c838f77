import type {ActorId} from '../../../sim/net/events.ts'
import type {Desk} from '../../desk/desk.ts'
import {letterOf, type ReadyRun} from '../../desk/run.ts'
import {h, say} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import {clockText} from '../../draw/words.ts'
import {History} from './history.ts'
import {sections} from './sections.ts'

/** While the clock runs the panel is written anew so often, in milliseconds: more than that nobody can read. */
const pace = 200

/** The host that is picked, in the run that is looked at, at the clock's time. */
export function panel(desk: Desk): HTMLElement {
  const title = h('h2', {})
  const badge = h('span', {class: 'badge'})
  const when = h('span', {class: 'when'})
  const now = h('div', {class: 'now'})
  const history = new History(desk)
  const away = h('button', {type: 'button', 'aria-label': 'close the host', onclick: () => putDown(desk)}, '✕')
  const element = h(
    'aside',
    {class: 'inspector', 'aria-label': 'The host', hidden: true},
    h('div', {class: 'top'}, badge, title, when, away),
    h('div', {class: 'contents'}, now, h('section', {}, h('h3', {}, 'History'), history.element)),
  )
  const place = h('div', {}, element)
  let last = 0
  const tell = () => {
    const found = pickedHost(desk)
    element.hidden = found === undefined
    if (found === undefined) return
    const {run, host} = found
    last = performance.now()
    say(title, run.recording.actors[host]!.name)
    say(when, `at ${clockText(desk.clock.time.value)}`)
    say(badge, letterOf(desk.focus.value))
    badge.className = `badge run-${desk.focus.value}`
    badge.title = run.lane.label
    replaced(now, sections(desk, run, host))
    history.tell(run, host)
  }
  drawn(place, [desk.picked, desk.focus, desk.runs, desk.clock.playing], tell)
  drawn(place, [desk.clock.time], () => {
    if (!desk.clock.playing.value || performance.now() - last > pace) tell()
  })
  return place
}

export function putDown(desk: Desk): void {
  desk.picked.set(undefined)
}

function pickedHost({picked, focused}: Desk): {run: ReadyRun; host: ActorId} | undefined {
  const {value} = picked
  if (value?.kind !== 'host' || focused === undefined) return undefined
  return focused.recording.actors[value.host]?.kind === 'host' ? {run: focused, host: value.host} : undefined
}

/** Others in place of what is there, part by part and only where they differ, so that what has the focus keeps it. */
function replaced(place: HTMLElement, parts: readonly HTMLElement[]): void {
  while (place.children.length > parts.length) place.lastElementChild!.remove()
  parts.forEach((part, i) => {
    const before = place.children[i]
    if (before === undefined) place.append(part)
    else if (!before.isEqualNode(part)) before.replaceWith(part)
  })
}
