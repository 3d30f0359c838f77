import type {Time} from '../../../sim/engine/time.ts'
import type {Desk} from '../../desk/desk.ts'
import {pan, showAll, zoomTo} from '../../desk/pointing.ts'
import {h} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import type {Watched} from '../../draw/signal.ts'
import type {Timeline} from '../../draw/timeline.ts'

/** The stretch that the panes above show: what is not in it is dimmed; its ends can be pulled, and its bar be moved. */
export function bracket(desk: Desk, scrubber: HTMLElement, width: Watched, scale: () => Timeline): HTMLElement {
  const [before, after] = [h('div', {class: 'dim'}), h('div', {class: 'dim'})]
  const bar = h('div', {
    class: 'bar',
    title: 'What is shown above. Drag to move it, pull its ends, double-click for all.',
  })
  const [start, end] = [h('div', {class: 'end start'}), h('div', {class: 'end stop'})]
  const place = h('div', {class: 'bracket', 'aria-hidden': 'true'}, before, after, bar, start, end)
  drawn(place, [desk.window, desk.clock.end, width], () => {
    const {from, to} = desk.window.value
    const [left, right, first, last] = [from, to, 0, desk.clock.end.value].map(time => scale().x(time)) as Four
    spread(before, first, left)
    spread(after, right, last)
    spread(bar, left, right)
    start.style.transform = `translateX(${left}px)`
    end.style.transform = `translateX(${right}px)`
    place.classList.toggle('whole', from === 0 && to === desk.clock.end.value)
  })
  const timeAt = (event: PointerEvent) => scale().time(event.clientX - scrubber.getBoundingClientRect().left)
  dragged(start, timeAt, time =>
    zoomTo(desk, {from: Math.min(time, desk.window.value.to - 1), to: desk.window.value.to}),
  )
  dragged(end, timeAt, time =>
    zoomTo(desk, {from: desk.window.value.from, to: Math.max(time, desk.window.value.from + 1)}),
  )
  dragged(bar, timeAt, (time, before) => {
    const {from, to} = desk.window.value
    pan(desk, (time - before) / Math.max(1, to - from))
  })
  bar.addEventListener('dblclick', () => showAll(desk))
  return place
}
type Four = [number, number, number, number]

function spread({style}: HTMLElement, left: number, right: number): void {
  style.left = `${left}px`
  style.width = `${Math.max(0, right - left)}px`
}

/** Tells the time that it was dragged to, and the one from where. */
function dragged(
  handle: HTMLElement,
  timeAt: (event: PointerEvent) => Time,
  to: (time: Time, before: Time) => void,
): void {
  let before: Time | undefined
  handle.addEventListener('pointerdown', event => {
    event.stopPropagation()
    handle.setPointerCapture(event.pointerId)
    before = timeAt(event)
  })
  handle.addEventListener('pointermove', event => {
    if (before === undefined) return
    const time = timeAt(event)
    to(time, before)
    before = time
  })
  for (const end of ['pointerup', 'pointercancel'])
    handle.addEventListener(end, () => {
      before = undefined
    })
}
