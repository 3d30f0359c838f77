import {type Desk, mostLanes} from '../desk/desk.ts'
import type {Lane} from '../desk/run.ts'
import {h, say} from '../draw/dom.ts'
import {drawn} from '../draw/frame.ts'
import {card} from './overview/card.ts'
import {legend} from './topology/legend.ts'

/** The runs side by side: what each is, how it stands at this instant, and the fleet in it. */
export function overview(desk: Desk): HTMLElement {
  const cards = h('div', {class: 'cards'})
  const others = h('p', {class: 'others', hidden: true})
  const place = h('section', {class: 'overview', 'aria-label': 'The runs side by side'}, cards, others, legend())
  let shown: readonly Shown[] = []
  drawn(place, [desk.runs], () => {
    const lanes = desk.runs.value.map(({lane}) => lane)
    if (lanes.length === shown.length && shown.every(({lane}, i) => lane === lanes[i])) return
    shown = lanes.map((lane, i) => (shown[i]?.lane === lane ? shown[i] : {lane, element: card(desk, i)}))
    cards.replaceChildren(...shown.map(({element}) => element))
    cards.dataset.count = String(shown.length)
  })
  drawn(others, [desk.runs, desk.outline], () => {
    const missing = missingIn(desk)
    others.hidden = missing.length === 0
    say(
      others,
      `Not shown of what is usually compared: ${missing.join(', ')}. Change puts one in the place of another.`,
    )
  })
  return place
}

/** What is usually compared and there was no room for. */
function missingIn({outline, runs}: Desk): readonly string[] {
  const usual = outline.value?.usual.map(({label}) => label) ?? []
  const shown = runs.value.map(({lane}) => lane.label)
  return usual.length > mostLanes ? usual.filter(label => !shown.includes(label)) : []
}

interface Shown {
  readonly lane: Lane
  readonly element: HTMLElement
}
