import type {Desk} from '../../desk/desk.ts'
import {h} from '../../draw/dom.ts'
import {bind} from '../../keys.ts'

/** Opens the gallery: every shipped scenario, and every way to release it. */
export function galleryButton(desk: Desk): HTMLElement {
  const button = h('button', {type: 'button', 'aria-haspopup': 'dialog', onclick: () => open(desk)}, 'Gallery')
  bind({key: 'g', about: 'go to the gallery of scenarios', group: 'The page', press: () => button.click()})
  return button
}

let dialog: HTMLDialogElement | undefined

async function open(desk: Desk): Promise<void> {
  if (dialog === undefined) {
    dialog = (await import('./rooms.ts')).gallery(desk)
    document.body.append(dialog)
  }
  dialog.showModal()
}
