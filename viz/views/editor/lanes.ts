import type {Desk} from '../../desk/desk.ts'
import {mostLanes} from '../../desk/desk.ts'
import {letterOf} from '../../desk/run.ts'
import {h} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import type {Draft} from './draft.ts'

/** The ways that are compared: which there are, and one more. */
export function lanes(desk: Desk, draft: Draft): HTMLElement {
  const list = h('ol', {class: 'lanes'})
  const choice = h('select', {'aria-label': 'a strategy or preset to compare with'})
  const add = h('button', {type: 'button', onclick: () => addLane(choice.value, draft)}, 'Add')
  const full = h('p', {class: 'note', hidden: true}, 'Four at most: take one away first.')
  const element = h(
    'fieldset',
    {},
    h('legend', {}, 'Ways that are compared'),
    list,
    h('div', {class: 'value'}, choice, add),
    full,
  )
  drawn(element, [desk.sheet, desk.outline], () => {
    const all = draft.sheet?.lanes ?? []
    list.replaceChildren(...all.map((_, i) => item(i, draft)))
    const options = (desk.outline.value?.choices ?? []).filter(
      ({name}) => !all.some(lane => lane.replace === name && lane.sets.length === 0),
    )
    const chosen = choice.value
    choice.replaceChildren(...options.map(({name, summary}) => h('option', {value: name, title: summary}, name)))
    if (options.some(({name}) => name === chosen)) choice.value = chosen
    full.hidden = all.length < mostLanes
    choice.disabled = add.disabled = !full.hidden || options.length === 0
  })
  return element
}

function item(index: number, draft: Draft): HTMLElement {
  const all = draft.sheet?.lanes ?? []
  const {label} = all[index]!
  const without = () => draft.lanes(all.filter((_, i) => i !== index))
  return h(
    'li',
    {},
    h('span', {class: `badge run-${index}`, 'aria-hidden': 'true'}, letterOf(index)),
    h('span', {class: 'label'}, label),
    all.length > 1 && h('button', {type: 'button', 'aria-label': `no longer compare ${label}`, onclick: without}, '✕'),
  )
}

function addLane(name: string, draft: Draft): void {
  const all = draft.sheet?.lanes ?? []
  if (name !== '') draft.lanes([...all, {label: name, replace: name, sets: []}])
}
