import {h} from './dom.ts'

export interface Drawer {
  readonly element: HTMLElement
  open(): void
  close(): void
  readonly toggle: () => void
}

/** A panel at the side that leaves the page usable. What is in it comes when it is first opened; Escape closes it. */
export function drawer(title: string, contents: () => Promise<readonly HTMLElement[]>): Drawer {
  const heading = h('h2', {tabindex: -1}, title)
  const inside = h('div', {class: 'contents'})
  const close = () => {
    if (element.hidden) return
    element.hidden = true
    element.dispatchEvent(new Event('toggle'))
    if (before instanceof HTMLElement) before.focus()
  }
  const button = h('button', {type: 'button', 'aria-label': `Close: ${title}`, onclick: () => close()}, '✕')
  const element = h(
    'aside',
    {class: 'drawer', 'aria-label': title, hidden: true},
    h('div', {class: 'top'}, heading, button),
    inside,
  )
  let before: Element | null = null
  element.addEventListener('keydown', event => {
    if (event.key === 'Escape') close()
  })
  let isFilled = false
  const open = () => {
    if (!isFilled) void contents().then(all => inside.append(...all))
    isFilled = true
    if (element.hidden) before = document.activeElement
    element.hidden = false
    element.dispatchEvent(new Event('toggle'))
    heading.focus()
  }
  return {element, open, close, toggle: () => (element.hidden ? open() : close())}
}
