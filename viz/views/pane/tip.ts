import {h, say} from '../../draw/dom.ts'

/** From the pointer. */
const distance = 14

/** A few words beside the pointer, or beside the lane that has the focus. */
export class Tip {
  readonly element = h('div', {class: 'tip', hidden: true, 'aria-hidden': 'true'})

  show(text: string, x: number, y: number): void {
    const {element} = this
    element.hidden = false
    say(element, text)
    const place = element.parentElement!
    const [right, bottom] = [x + distance + element.offsetWidth, y + distance + element.offsetHeight]
    const left = right <= place.clientWidth ? x + distance : Math.max(0, x - distance - element.offsetWidth)
    const top = bottom <= place.clientHeight ? y + distance : Math.max(0, y - distance - element.offsetHeight)
    element.style.transform = `translate(${left}px, ${top}px)`
  }

  hide(): void {
    this.element.hidden = true
  }
}
