import type {Desk} from '../desk/desk.ts'
import {h} from '../draw/dom.ts'
import {capsOf} from '../key-name.ts'
import {bind, type Key, keys} from '../keys.ts'

/** What the pointer does, which no list of keys tells. */
const pointer: readonly (readonly [what: string, about: string])[] = [
  ['Click', 'go to that instant, in any chart or lane'],
  ['Drag', 'zoom to a stretch of time'],
  ['Double-click', 'show the whole run'],
  ['Ctrl + wheel', 'zoom at the pointer'],
  ['Shift + wheel', 'show what is before or after'],
  ['The bar below', 'drag to seek; pull the ends of the bracket, or move it'],
]

/** A button that opens a list of all keys, made anew each time, for views bind theirs when they are first looked at. */
export function helpButton(_desk: Desk): HTMLElement {
  const content = h('div', {class: 'groups'})
  const close = h('button', {type: 'button', onclick: () => dialog.close()}, 'Close')
  const heading = h('div', {class: 'head'}, h('h2', {id: 'help-title'}, 'Keys and pointer'), close)
  const dialog = h('dialog', {class: 'help', 'aria-labelledby': 'help-title'}, heading, content)
  dialog.addEventListener('click', event => event.target === dialog && dialog.close())
  const open = () => {
    content.replaceChildren(...groupsOf(keys).map(([name, its]) => keyGroup(name, its)), pointerGroup())
    dialog.showModal()
  }
  bind({key: '?', about: 'show this list', group: 'Help', press: open})
  const button = h(
    'button',
    {type: 'button', 'aria-label': 'Keys and help', title: 'Keys and help (?)', onclick: open},
    '?',
  )
  return h('span', {}, button, dialog)
}

function groupsOf(all: readonly Key[]): [name: string, keys: readonly Key[]][] {
  const names = [...new Set(all.map(({group}) => group))]
  return names.map(name => [name, all.filter(({group}) => group === name)])
}

const keyGroup = (name: string, its: readonly Key[]): HTMLElement =>
  section(
    name,
    its.map(({key, about}) => [capsOf(key).map(cap => h('kbd', {}, cap)), about]),
  )

const pointerGroup = (): HTMLElement =>
  section(
    'Pointer',
    pointer.map(([what, about]) => [[h('span', {}, what)], about]),
  )

const section = (name: string, rows: readonly (readonly [HTMLElement[], string])[]): HTMLElement =>
  h(
    'section',
    {},
    h('h3', {}, name),
    h('dl', {}, ...rows.map(([caps, about]) => h('div', {}, h('dt', {}, ...caps), h('dd', {}, about)))),
  )
