import type {Desk} from '../../desk/desk.ts'
import {Canvas} from '../../draw/canvas.ts'
import {h} from '../../draw/dom.ts'
import {drawn, soon} from '../../draw/frame.ts'
import {onNightfall} from '../../draw/palette.ts'
import {Signal} from '../../draw/signal.ts'
import {type Timeline, timeline} from '../../draw/timeline.ts'
import {bracket} from './bracket.ts'
import {heads} from './heads.ts'
import {layoutOf} from './layout.ts'
import {paint} from './picture.ts'
import {isSlider} from './slider.ts'

/** All runs from beginning to end, whatever the window shows, and how they differ; where it is pressed, time is set. */
export function scrubber(desk: Desk): HTMLElement {
  const {clock, cursor, runs, focus} = desk
  // Kept up to date by the canvas: to ask the page for it in each frame would have it laid out in each frame.
  const width = new Signal(0)
  const canvas = new Canvas(undefined, () => {
    width.set(canvas.width)
    soon(draw)
  })
  const [playhead, hair] = [h('div', {class: 'playhead'}), h('div', {class: 'hair'})]
  const slider = h('div', {class: 'slider'}, canvas.element)
  const place = h('div', {class: 'scrubber'}, slider, heads(desk, width))
  const scale = scaleOf(desk, width)
  const draw = () => {
    place.style.height = `${layoutOf(runs.value.length, width.value).height}px`
    paint(desk, canvas, scale())
  }
  const move = () => {
    playhead.style.transform = `translateX(${scale().x(clock.time.value)}px)`
    hair.hidden = cursor.value === undefined
    if (cursor.value !== undefined) hair.style.transform = `translateX(${scale().x(cursor.value)}px)`
  }
  slider.append(bracket(desk, slider, width, scale), hair, playhead)
  isSlider(desk, slider, scale)
  drawn(place, [runs, focus, clock.end], draw)
  drawn(place, [clock.time, clock.end, cursor, width], move)
  onNightfall(() => soon(draw))
  return place
}

/** The whole run over the whole width, made anew only when one of them changes. */
function scaleOf({clock}: Desk, width: Signal<number>): () => Timeline {
  let known: {readonly end: number; readonly width: number; readonly scale: Timeline} | undefined
  return () => {
    const end = clock.end.value
    if (known?.end !== end || known.width !== width.value)
      known = {end, width: width.value, scale: timeline({from: 0, to: end}, width.value)}
    return known.scale
  }
}
