import type {Desk} from '../desk/desk.ts'
import type {Lane} from '../desk/run.ts'
import {h} from '../draw/dom.ts'
import {drawn} from '../draw/frame.ts'
import {card} from './overview/card.ts'
import {legend} from './topology/legend.ts'

/** The runs side by side: what each is, how it stands at this instant, and the fleet in it. */
export function overview(desk: Desk): HTMLElement {
  const cards = h('div', {class: 'cards'})
  const place = h('section', {class: 'overview', 'aria-label': 'The runs side by side'}, cards, legend())
  let shown: readonly Shown[] = []
  drawn(place, [desk.runs], () => {
    const lanes = desk.runs.value.map(({lane}) => lane)
    if (lanes.length === shown.length && shown.every(({lane}, i) => lane === lanes[i])) return
    shown = lanes.map((lane, i) => (shown[i]?.lane === lane ? shown[i] : {lane, element: card(desk, i)}))
    cards.replaceChildren(...shown.map(({element}) => element))
    cards.dataset.count = String(shown.length)
  })
  return place
}

interface Shown {
  readonly lane: Lane
  readonly element: HTMLElement
}
