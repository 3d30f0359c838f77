import type {Desk} from '../../desk/desk.ts'
import {h} from '../../draw/dom.ts'
import {drawer} from '../../draw/drawer.ts'
import {drawn} from '../../draw/frame.ts'
import {bind} from '../../keys.ts'

/** Opens and closes what one can change; that is fetched when it is first opened. */
export function editorButton(desk: Desk): HTMLElement {
  const {element, toggle} = drawer('Change and run again', async () => (await import('./contents.ts')).contents(desk))
  document.body.append(element)
  const button = h('button', {type: 'button', 'aria-expanded': 'false', onclick: toggle}, 'Change')
  element.addEventListener('toggle', () => button.setAttribute('aria-expanded', String(!element.hidden)))
  drawn(button, [desk.outline], () => {
    button.disabled = desk.outline.value === undefined
    button.title = button.disabled ? 'a trace alone cannot be changed: it does not hold its scenario' : ''
  })
  bind({key: 'c', about: 'change the scenario and run it again', group: 'The page', press: () => button.click()})
  return button
}
