import type {Desk} from '../../desk/desk.ts'
import {h} from '../../draw/dom.ts'
import {bind} from '../../keys.ts'

/** Opens a dialog with what can be taken away from the page: a link, a picture, the data. */
export function shareButton(desk: Desk): HTMLElement {
  const button = h('button', {type: 'button', 'aria-haspopup': 'dialog', onclick: () => void open(desk)}, 'Share')
  bind({key: 's', about: 'share or export what is seen', group: 'The page', press: () => button.click()})
  return button
}

async function open(desk: Desk): Promise<void> {
  const {shareDialog} = await import('./dialog.ts')
  const dialog = shareDialog(desk)
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
