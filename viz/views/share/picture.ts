import type {Desk} from '../../desk/desk.ts'
import {svg} from '../../draw/dom.ts'
import {palette, signs} from '../../draw/palette.ts'
import {clockText} from '../../draw/words.ts'
import {families, familyNames} from '../../recording/family.ts'
import {traced} from './tracing.ts'

/** A picture of what is on the page, in pixels of CSS. */
export interface Picture {
  readonly svg: string
  readonly width: number
  readonly height: number
}

const border = 16
const heading = 62
const footing = 34
const fonts = 'system-ui, sans-serif'

/** The cards, the view that is open, and how the runs differ; with what they are of above, and what colours mean below. */
export async function pictureOf(desk: Desk): Promise<Picture> {
  await drawAll(document.querySelector('main')!)
  return composed(desk)
}

/** Views draw only what can be seen. Made small enough for a moment, behind the dialog, all of it can. */
async function drawAll(place: HTMLElement): Promise<void> {
  const {top, height} = place.getBoundingClientRect()
  place.style.transformOrigin = `0 ${-top}px`
  place.style.transform = `scale(${innerHeight / 4 / Math.max(1, height)})`
  await new Promise(resolve => setTimeout(resolve, 150))
  place.style.transform = ''
}

function composed(desk: Desk): Picture {
  const parts = [...document.querySelectorAll<HTMLElement>('main .overview, main .view:not([hidden]), .dock .scrubber')]
  const boxes = parts.map(part => part.getBoundingClientRect())
  const left = Math.min(...boxes.map(box => box.left))
  const width = Math.ceil(Math.max(...boxes.map(box => box.right)) - left + 2 * border)
  let y = heading
  const drawings = parts.map((part, i) => {
    const {top, height} = boxes[i]!
    const drawing = svg('g', {transform: `translate(${border - left} ${y - top})`}, ...traced(part))
    y += height + border
    return drawing
  })
  const height = Math.ceil(y + footing)
  const picture = svg(
    'svg',
    {xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': fonts},
    svg('title', {}, titleOf(desk)),
    svg('rect', {width, height, fill: palette().paper}),
    ...head(desk),
    ...drawings,
    ...foot(desk, height - 14),
  )
  return {svg: new XMLSerializer().serializeToString(picture), width, height}
}

const titleOf = ({outline, focused}: Desk): string =>
  outline.value?.title ?? focused?.recording.title ?? focused?.recording.scenario ?? 'zdr'

function head(desk: Desk): SVGElement[] {
  const {from, to} = desk.window.value
  const {scenario = '', seed = ''} = desk.ready[0]?.recording ?? {}
  const about = `${scenario} · seed ${seed} · ${clockText(from)} to ${clockText(to)} · the clock at ${clockText(desk.clock.time.value, 1_000)}`
  return [
    line(border, 27, titleOf(desk), {'font-size': 19, 'font-weight': 650, fill: palette().ink}),
    line(border, 47, about, {'font-size': 13, fill: palette().faint}),
  ]
}

/** The families of disruptions that occur, and where the picture comes from. */
function foot(desk: Desk, y: number): SVGElement[] {
  const {families: colours, ink} = palette()
  const found = families.filter((_, i) => desk.ready.some(({tally}) => tally.times(i).length > 0))
  let x = border
  return found.flatMap(family => {
    const sign = line(x, y, signs[family], {'font-size': 13, fill: colours[family]})
    const name = line(x + 18, y, familyNames[family], {'font-size': 13, fill: ink})
    x += 40 + familyNames[family].length * 7
    return [sign, name]
  })
}

const line = (x: number, y: number, text: string, how: Readonly<Record<string, string | number>>): SVGElement =>
  svg('text', {x, y, ...how}, text)

/** A screen has two pixels or so for each of CSS. */
const density = 2

/** The same in pixels. */
export async function pngOf({svg: text, width, height}: Picture): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([text], {type: 'image/svg+xml'}))
  try {
    const image = new Image(width, height)
    image.src = address
    await image.decode()
    const canvas = new OffscreenCanvas(width * density, height * density)
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await canvas.convertToBlob()
  } finally {
    URL.revokeObjectURL(address)
  }
}
