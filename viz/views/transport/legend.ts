import type {Desk} from '../../desk/desk.ts'
import {letterOf} from '../../desk/run.ts'
import {h, svg} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import {signs} from '../../draw/palette.ts'
import {families, familyNames} from '../../recording/family.ts'
import {others} from './heads.ts'
import {type Mark, marks, marksOf} from './marks.ts'

/** As the canvas draws them, and what they are called. */
const markSigns: Readonly<Record<Mark, readonly [path: string, name: string]>> = {
  release: ['M5 1v10', 'release'],
  batch: ['M3 1v10M3 2h5v2H3', 'batch'],
  drain: ['M3 6a3 3 0 1 0 6 0a3 3 0 1 0-6 0', 'drain'],
  gone: ['M3 3l6 6M9 3l-6 6', 'exit'],
  fault: ['M6 1v6M6 9.5v1.5', 'fault'],
}

/** What the colours, marks and bars of the scrubber mean, as far as they occur. */
export function legend(desk: Desk): HTMLElement {
  const place = h('div', {class: 'legend'})
  drawn(place, [desk.runs, desk.focus], () => {
    place.replaceChildren(familyList(desk), markList(desk), ...difference(desk))
  })
  return place
}

const familyList = (desk: Desk): HTMLElement =>
  list(
    'Disruptions',
    families.flatMap((family, i) => {
      if (!desk.ready.some(({tally}) => tally.times(i).length > 0)) return []
      return [
        h('li', {class: family}, h('span', {class: 'sign', 'aria-hidden': 'true'}, signs[family]), familyNames[family]),
      ]
    }),
  )

function markList(desk: Desk): HTMLElement {
  const found = desk.ready.map(({ledger}) => marksOf(ledger, desk.clock.end.value, 1))
  const occurring = marks.filter(mark => found.some(it => it[mark].length > 0))
  return list(
    'Marks',
    occurring.map(mark => {
      const [path, name] = markSigns[mark]
      return h('li', {}, svg('svg', {viewBox: '0 0 12 12', 'aria-hidden': 'true'}, svg('path', {d: path})), name)
    }),
  )
}

function difference(desk: Desk): HTMLElement[] {
  if (others(desk).length === 0) return []
  const base = letterOf(desk.focus.value)
  return [h('p', {}, `Difference: above the line ${base} disrupts more, below it the other run.`)]
}

const list = (label: string, items: readonly HTMLElement[]): HTMLElement => h('ul', {'aria-label': label}, ...items)
