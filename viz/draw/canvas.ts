import {h} from './dom.ts'

/** A canvas that fills its parent, in as many pixels as the screen has, measured in those of CSS. */
export class Canvas {
  readonly element: HTMLCanvasElement
  readonly context: CanvasRenderingContext2D
  width = 0
  height = 0

  /** `label` is what a screen reader says of it. Without one it says nothing: what it shows is told elsewhere. */
  constructor(label: string | undefined, resized: () => void) {
    this.element = h('canvas', label === undefined ? {'aria-hidden': 'true'} : {role: 'img', 'aria-label': label})
    this.context = this.element.getContext('2d')!
    new ResizeObserver(() => {
      if (this.#fit()) resized()
    }).observe(this.element)
  }

  clear(): void {
    this.context.clearRect(0, 0, this.width, this.height)
  }

  #fit(): boolean {
    const {clientWidth, clientHeight} = this.element
    const ratio = Math.min(2, devicePixelRatio)
    const [width, height] = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)]
    if (width === this.element.width && height === this.element.height) return false
    Object.assign(this.element, {width, height})
    Object.assign(this, {width: clientWidth, height: clientHeight})
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0)
    return true
  }
}
