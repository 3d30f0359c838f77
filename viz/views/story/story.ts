import type {Desk, Picked} from '../../desk/desk.ts'
import type {ReadyRun} from '../../desk/run.ts'
import {h} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'

type Broken = Extract<Picked, {kind: 'disruption' | 'life'}>

/** Why the disruption that is picked happened, or what became of the life that is. It is fetched when first asked for. */
export function story(desk: Desk): HTMLElement {
  const element = h('aside', {class: 'story', 'aria-label': 'Why it happened', hidden: true})
  const place = h('div', {}, element)
  let shown: Picked | undefined
  let of: ReadyRun | undefined
  element.addEventListener('keydown', event => {
    if (event.key === 'Escape') desk.picked.set(undefined)
  })
  const tell = async () => {
    const {picked, focused} = desk
    const {value} = picked
    // A row is one of the run that it was picked in, and of no other.
    if (value === shown && of !== focused && isBroken(value)) return picked.set(undefined)
    if (value === shown) return
    shown = value
    of = focused
    const isAbout = isBroken(value) && focused !== undefined
    if (!isAbout) element.hidden = true
    else await show(desk, element, focused, value)
  }
  drawn(place, [desk.picked, desk.focus, desk.runs], () => void tell())
  return place
}

const isBroken = (picked: Picked | undefined): picked is Broken => picked !== undefined && picked.kind !== 'host'

async function show(desk: Desk, element: HTMLElement, run: ReadyRun, picked: Broken): Promise<void> {
  const {panel} = await import('./panel.ts')
  if (desk.picked.value !== picked) return
  element.replaceChildren(...panel(desk, run, picked))
  element.hidden = false
  element.scrollTop = 0
}
