import type {Desk} from '../../desk/desk.ts'
import {Canvas} from '../../draw/canvas.ts'
import {h} from '../../draw/dom.ts'
import {drawn, soon} from '../../draw/frame.ts'
import {onNightfall} from '../../draw/palette.ts'
import {type Timeline, timeline} from '../../draw/timeline.ts'
import {bracket} from './bracket.ts'
import {heads} from './heads.ts'
import {layoutOf} from './layout.ts'
import {paint} from './picture.ts'
import {isSlider} from './slider.ts'

/** All runs from beginning to end, whatever the window shows, and how they differ; where it is pressed, time is set. */
export function scrubber(desk: Desk): HTMLElement {
  const canvas = new Canvas(undefined, () => soon(draw))
  const [playhead, hair] = [h('div', {class: 'playhead'}), h('div', {class: 'hair'})]
  const slider = h('div', {class: 'slider'}, canvas.element)
  const place = h(
    'div',
    {class: 'scrubber'},
    slider,
    heads(desk, () => slider.clientWidth),
  )
  const scale = (): Timeline => timeline({from: 0, to: desk.clock.end.value}, slider.clientWidth)
  const draw = () => {
    place.style.height = `${layoutOf(desk.runs.value.length, slider.clientWidth).height}px`
    paint(desk, canvas, scale())
    move()
  }
  const move = () => {
    const {clock, cursor} = desk
    playhead.style.transform = `translateX(${scale().x(clock.time.value)}px)`
    hair.hidden = cursor.value === undefined
    if (cursor.value !== undefined) hair.style.transform = `translateX(${scale().x(cursor.value)}px)`
  }
  slider.append(bracket(desk, slider, scale), hair, playhead)
  isSlider(desk, slider, scale)
  drawn(place, [desk.runs, desk.focus, desk.clock.end], draw)
  drawn(place, [desk.clock.time, desk.cursor], move)
  onNightfall(() => soon(draw))
  return place
}
