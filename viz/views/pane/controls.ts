import {h, say} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import type {Signal, Watched} from '../../draw/signal.ts'

/** A choice of texts, in a menu with a label. What is offered may change with others. */
export function choice<T extends string>(
  label: string,
  chosen: Signal<T>,
  offered: () => readonly (readonly [value: T, text: string])[],
  changing: readonly Watched[] = [],
): HTMLElement {
  const select = h('select', {onchange: () => chosen.set(select.value as T)})
  const element = h('label', {class: 'choice'}, `${label} `, select)
  let shown = ''
  drawn(element, [chosen, ...changing], () => {
    const options = offered()
    if (String(options) !== shown) select.replaceChildren(...options.map(([value, text]) => h('option', {value}, text)))
    shown = String(options)
    select.value = chosen.value
    element.hidden = options.length < 2
  })
  return element
}

/** Something that is so or is not. What it is called may change with others; called nothing, it is not offered. */
export function toggle(label: () => string, on: Signal<boolean>, changing: readonly Watched[] = []): HTMLElement {
  const box = h('input', {type: 'checkbox', onchange: () => on.set(box.checked)})
  const text = h('span', {})
  const element = h('label', {class: 'toggle'}, box, text)
  drawn(element, [on, ...changing], () => {
    box.checked = on.value
    say(text, label())
    element.hidden = label() === ''
  })
  return element
}
