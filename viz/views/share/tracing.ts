import {svg} from '../../draw/dom.ts'

/** What only makes sense where it can be pressed, and what is there for ears alone. A button that is pressed or not tells something. */
const leftOut =
  'button:not([aria-pressed]), input, select, textarea, label, progress, .unseen, .controls, .actions, .tip, [hidden]'

/** What an element looks like, as shapes where they are on the screen: text as text, canvases as images. */
export function traced(element: Element): SVGElement[] {
  if (element.matches(leftOut) || !element.checkVisibility({opacityProperty: true, visibilityProperty: true})) return []
  const style = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  if (element instanceof HTMLCanvasElement) return imageOf(element, box)
  if (element instanceof SVGSVGElement) return [copyOf(element, box)]
  const inside = [...element.childNodes].flatMap(child => {
    if (child instanceof Element) return traced(child)
    return child instanceof Text ? linesOf(child, style) : []
  })
  const shapes = [...ground(style, box), ...(style.overflow === 'visible' ? inside : clipped(inside, box))]
  return style.opacity === '1' || shapes.length === 0 ? shapes : [svg('g', {opacity: style.opacity}, ...shapes)]
}

/** Background and border, if there are any. */
function ground(style: CSSStyleDeclaration, {left, top, width, height}: DOMRect): SVGElement[] {
  const {backgroundColor, borderTopColor, borderTopLeftRadius} = style
  const borders = [style.borderTopWidth, style.borderRightWidth, style.borderBottomWidth, style.borderLeftWidth]
  const isFramed = borders.every(width => width === borders[0] && width !== '0px')
  if (width === 0 || height === 0 || (isClear(backgroundColor) && !isFramed)) return []
  const rx = borderTopLeftRadius.endsWith('%') ? width / 2 : Number.parseFloat(borderTopLeftRadius)
  const frame = isFramed ? {stroke: borderTopColor, 'stroke-width': Number.parseFloat(borders[0]!)} : {}
  const fill = isClear(backgroundColor) ? 'none' : backgroundColor
  return [svg('rect', {x: left, y: top, width, height, rx: Math.min(rx, width / 2, height / 2), fill, ...frame})]
}

const isClear = (colour: string): boolean => colour === 'transparent' || /^rgba\(.*, 0\)$/.test(colour)

/** Nothing of it is seen outside of the box. */
function clipped(shapes: readonly SVGElement[], {left: x, top: y, width, height}: DOMRect): SVGElement[] {
  if (shapes.length === 0 || width === 0 || height === 0) return []
  return [svg('svg', {x, y, width, height, viewBox: `${x} ${y} ${width} ${height}`, overflow: 'hidden'}, ...shapes)]
}

function imageOf(canvas: HTMLCanvasElement, {left: x, top: y, width, height}: DOMRect): SVGElement[] {
  if (canvas.width === 0 || canvas.height === 0 || width === 0) return []
  return [svg('image', {x, y, width, height, href: canvas.toDataURL(), preserveAspectRatio: 'none'})]
}

/** A text as many times as it has lines. */
function linesOf(text: Text, {color, fontSize, fontWeight, fontFamily}: CSSStyleDeclaration): SVGElement[] {
  if (text.data.trim() === '') return []
  const size = Number.parseFloat(fontSize)
  return wrapped(text).map(({words, box}) =>
    svg(
      'text',
      // Letters stand on a line that is about a third of their size below their middle.
      {
        x: box.left,
        y: box.top + box.height / 2 + size * 0.34,
        fill: color,
        'font-size': size,
        ...fontOf(fontWeight, fontFamily),
      },
      words,
    ),
  )
}

const fontOf = (weight: string, family: string) => ({
  'font-family': family,
  ...(weight !== '400' && {'font-weight': weight}),
})

interface TextLine {
  readonly words: string
  readonly box: DOMRect
}

/** The lines into which the browser has broken a text. */
function wrapped(text: Text): TextLine[] {
  const range = document.createRange()
  const lines: {words: string; box: DOMRect}[] = []
  for (const {0: word, index} of text.data.matchAll(/\S+/g)) {
    range.setStart(text, index)
    range.setEnd(text, index + word.length)
    const box = range.getBoundingClientRect()
    const last = lines.at(-1)
    if (box.width === 0) continue
    if (last !== undefined && Math.abs(last.box.top - box.top) < 2) last.words += ` ${word}`
    else lines.push({words: word, box})
  }
  return lines
}

/** What style sheets say of shapes, and would not say where the picture is looked at. */
const properties = [
  ...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-opacity', 'paint-order'],
  ...[
    'opacity',
    'display',
    'font-family',
    'font-size',
    'font-weight',
    'text-anchor',
    'dominant-baseline',
    'visibility',
  ],
]

function copyOf(original: SVGSVGElement, {left: x, top: y, width, height}: DOMRect): SVGElement {
  const copy = original.cloneNode(true) as SVGSVGElement
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  for (const [i, shape] of [original, ...original.querySelectorAll<SVGElement>('*')].entries()) {
    const style = getComputedStyle(shape)
    for (const name of properties) copies[i]!.setAttribute(name, style.getPropertyValue(name))
    for (const name of ['class', 'style', 'tabindex', 'role']) copies[i]!.removeAttribute(name)
  }
  for (const [name, value] of Object.entries({x, y, width, height})) copy.setAttribute(name, String(value))
  return copy
}
