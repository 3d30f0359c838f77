import type {Desk} from './desk/desk.ts'
import {openFiles} from './desk/files.ts'
import {h} from './draw/dom.ts'

/** What lies over the page while files are held over it: there they can be dropped, wherever that is. */
export function dropTarget(desk: Desk): HTMLElement {
  const target = h(
    'div',
    {class: 'drop', hidden: true, 'aria-hidden': 'true'},
    h('p', {}, 'Drop a trace to replay it, several to see them side by side, or a scenario to simulate it.'),
    h('p', {}, 'Nothing leaves this machine.'),
  )
  const show = (isShown: boolean) => {
    target.hidden = !isShown
  }
  addEventListener('dragenter', event => show(holdsFiles(event)))
  target.addEventListener('dragover', event => event.preventDefault())
  target.addEventListener('dragleave', () => show(false))
  target.addEventListener('drop', event => {
    event.preventDefault()
    show(false)
    void openFiles(desk, [...(event.dataTransfer?.files ?? [])])
  })
  return target
}

const holdsFiles = ({dataTransfer}: DragEvent): boolean => dataTransfer?.types.includes('Files') === true
