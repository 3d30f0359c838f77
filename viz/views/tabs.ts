import type {Desk, ViewName} from '../desk/desk.ts'
import {h} from '../draw/dom.ts'
import {drawn} from '../draw/frame.ts'
import {bind} from '../keys.ts'

type View = (desk: Desk) => HTMLElement

interface Tab {
  readonly name: ViewName
  readonly label: string
  /** Fetched when it is first looked at, so that a page begins with little code. */
  readonly view: () => Promise<View>
}

const all: readonly Tab[] = [
  {name: 'charts', label: 'Charts', view: async () => (await import('./charts.ts')).charts},
  {name: 'hosts', label: 'Hosts', view: async () => (await import('./hosts/hosts.ts')).hosts},
  {
    name: 'connections',
    label: 'Connections',
    view: async () => (await import('./connections/connections.ts')).connections,
  },
  {name: 'events', label: 'Events', view: async () => (await import('./events/events.ts')).events},
  {name: 'numbers', label: 'Numbers', view: async () => (await import('./numbers.ts')).numbers},
]

/** The views of what happened, one at a time; each is made when it is first looked at. */
export function tabs(desk: Desk): HTMLElement {
  const section = h('section', {class: 'tabs', 'aria-label': 'What happened'})
  const made = new Map<ViewName, HTMLElement>()
  const buttons = all.map(({name, label}, i) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${name}`,
        'aria-controls': `view-${name}`,
        onclick: () => choose(name),
        onkeydown: (event: KeyboardEvent) => step(desk, buttons, i, event),
      },
      label,
    ),
  )
  const place = h('div', {class: 'panels'})
  const choose = (name: ViewName) => {
    desk.view.set(name)
    bringUp(section)
  }
  all.forEach(({name, label}, i) =>
    bind({
      key: String(i + 1),
      about: `show ${label.toLowerCase()}`,
      group: 'Views',
      press: () => choose(name),
    }),
  )
  drawn(place, [desk.view], () => {
    const {value} = desk.view
    if (!made.has(value)) made.set(value, panel(desk, value, place))
    for (const [name, element] of made) element.hidden = name !== value
    all.forEach(({name}, i) => {
      buttons[i]!.setAttribute('aria-selected', String(name === value))
      buttons[i]!.tabIndex = name === value ? 0 : -1
    })
  })
  section.append(h('div', {role: 'tablist', 'aria-label': 'Views'}, ...buttons), place)
  return section
}

/** Whoever chooses a view wants to see it: where only its head is in sight, the page is scrolled to it. */
function bringUp(section: HTMLElement): void {
  if (section.getBoundingClientRect().top > innerHeight / 3) section.scrollIntoView({block: 'start'})
}

function panel(desk: Desk, name: ViewName, place: HTMLElement): HTMLElement {
  const {view} = all.find(it => it.name === name)!
  const about = {role: 'tabpanel', id: `view-${name}`, 'aria-labelledby': `tab-${name}`, class: `view ${name}`}
  const element = h('div', about)
  place.append(element)
  void view().then(make => element.append(make(desk)))
  return element
}

/** Arrows go from tab to tab, as the ARIA practices have it. */
function step(desk: Desk, buttons: readonly HTMLElement[], i: number, event: KeyboardEvent): void {
  const move = {ArrowLeft: -1, ArrowRight: 1, Home: -i, End: all.length - 1 - i}[event.key]
  if (move === undefined) return
  event.preventDefault()
  const to = (i + move + all.length) % all.length
  desk.view.set(all[to]!.name)
  buttons[to]!.focus()
}
