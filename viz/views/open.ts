import type {Desk} from '../desk/desk.ts'
import {openFiles} from '../desk/files.ts'
import {h} from '../draw/dom.ts'
import {bind} from '../keys.ts'

/** Opens traces, or a scenario, that somebody has as files. */
export function openButton(desk: Desk): HTMLElement {
  const picker = h('input', {
    type: 'file',
    hidden: true,
    multiple: true,
    accept: '.json,.gz,.yaml,.yml',
    onchange: () => {
      const files = [...(picker.files ?? [])]
      // So that the same file can be chosen again after it has changed.
      picker.value = ''
      if (files.length > 0) void openFiles(desk, files)
    },
  })
  const open = () => picker.click()
  bind({key: 'o', about: 'open traces, or a scenario, from files', group: 'Files', press: open})
  const title = 'Open traces, or a scenario, from files (o)'
  return h('span', {}, h('button', {type: 'button', title, onclick: open}, 'Open…'), picker)
}
