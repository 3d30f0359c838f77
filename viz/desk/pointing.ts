import type {Time} from '../../sim/engine/time.ts'
import {gutter, margin, type Span, type Timeline, timeline} from '../draw/timeline.ts'
import type {Desk} from './desk.ts'

/** A press that moves by less is a click. */
const click = 4
/** What a turn of the wheel makes of the window. */
const zoomStep = 1.25
/** Nobody looks at less than a tenth of a millisecond. */
const narrowest = 100

/**
 * What the pointer does on any pane whose x is time: hovering moves the crosshair, a click sets the clock, dragging marks a
 * stretch to zoom into, the wheel with Ctrl zooms around the pointer, with Shift pans, and a double click shows all again.
 */
export function pointing(desk: Desk, pane: HTMLElement, marked: (span: Span | undefined) => void): void {
  const scale = () => timeline(desk.window.value, pane.clientWidth)
  const at = (event: MouseEvent) => event.clientX - pane.getBoundingClientRect().left
  let pressed: number | undefined
  pane.addEventListener('pointerdown', event => {
    if (event.button !== 0 || at(event) < gutter) return
    pressed = at(event)
    pane.setPointerCapture(event.pointerId)
  })
  pane.addEventListener('pointermove', event => {
    desk.cursor.set(within(pane, at(event)) ? scale().time(at(event)) : undefined)
    if (pressed !== undefined) marked(spanOf(scale(), pressed, at(event)))
  })
  pane.addEventListener('pointerleave', () => desk.cursor.set(undefined))
  pane.addEventListener('pointerup', event => {
    if (pressed === undefined) return
    const span = spanOf(scale(), pressed, at(event))
    if (Math.abs(at(event) - pressed) < click) desk.clock.seek(scale().time(at(event)))
    else zoomTo(desk, span)
    pressed = undefined
    marked(undefined)
  })
  // A finger that turns out to scroll.
  pane.addEventListener('pointercancel', () => {
    pressed = undefined
    marked(undefined)
  })
  pane.addEventListener('dblclick', () => showAll(desk))
  pane.addEventListener('wheel', event => turn(desk, scale().time(at(event)), event), {passive: false})
}

const within = (pane: HTMLElement, x: number) => x >= gutter && x <= pane.clientWidth - margin

const spanOf = (scale: Timeline, a: number, b: number): Span => ({
  from: scale.time(Math.min(a, b)),
  to: scale.time(Math.max(a, b)),
})

function turn(desk: Desk, around: Time, event: WheelEvent): void {
  if (!event.ctrlKey && !event.shiftKey) return
  event.preventDefault()
  const by = Math.sign(event.deltaY || event.deltaX)
  if (event.ctrlKey) zoom(desk, by > 0 ? zoomStep : 1 / zoomStep, around)
  else pan(desk, by * 0.1)
}

/** Makes the window so many times as wide, with `around` where it was. */
export function zoom(desk: Desk, factor: number, around = desk.clock.time.value): void {
  const {from, to} = desk.window.value
  const fixed = Math.min(to, Math.max(from, around))
  zoomTo(desk, {from: fixed - (fixed - from) * factor, to: fixed + (to - fixed) * factor})
}

/** Moves the window by a share of its width. */
export function pan(desk: Desk, share: number): void {
  const {from, to} = desk.window.value
  const end = desk.clock.end.value
  const by = Math.max(-from, Math.min(end - to, (to - from) * share))
  desk.window.set({from: Math.round(from + by), to: Math.round(to + by)})
}

export function showAll(desk: Desk): void {
  desk.window.set({from: 0, to: desk.clock.end.value})
}

/** Within what there is, and never so narrow that nothing can be seen. */
export function zoomTo(desk: Desk, {from, to}: Span): void {
  const end = desk.clock.end.value
  const width = Math.min(end, Math.max(narrowest, to - from))
  const start = Math.min(end - width, Math.max(0, (from + to - width) / 2))
  desk.window.set({from: Math.round(start), to: Math.round(start + width)})
}
