import type {Time} from '../../../sim/engine/time.ts'
import {count} from '../../../sim/words/figures.ts'
import type {Desk} from '../../desk/desk.ts'
import {isReady, letterOf} from '../../desk/run.ts'
import {drawn} from '../../draw/frame.ts'
import {gutter, type Timeline} from '../../draw/timeline.ts'
import {spanText} from '../../draw/words.ts'

/** Makes an element set the time: by pointer, by keys, and for whoever hears it. */
export function isSlider(desk: Desk, element: HTMLElement, scale: () => Timeline): void {
  const {clock} = desk
  const attributes = {role: 'slider', tabindex: '0', 'aria-label': 'Time', 'aria-valuemin': '0'}
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  let told = ''
  drawn(element, [clock.time, clock.end, clock.playing, desk.runs], () => {
    // Nobody can listen to sixty values in a second.
    const now = `${clock.playing.value ? Math.floor((20 * clock.time.value) / clock.end.value) : clock.time.value}`
    if (clock.playing.value && now === told) return
    told = now
    element.setAttribute('aria-valuemax', seconds(clock.end.value))
    element.setAttribute('aria-valuenow', seconds(clock.time.value))
    element.setAttribute('aria-valuetext', valueText(desk))
  })
  byPointer(desk, element, scale)
  element.addEventListener('keydown', event => {
    const to = timeFor(event, clock.time.value, clock.end.value)
    if (to === undefined) return
    event.preventDefault()
    clock.seek(to)
  })
}

const seconds = (time: Time) => String(time / 1_000_000)

/** `12 min 4 s of 1 h 50 min. Disrupted: A hard-restart 3,210, B socket-takeover 12` */
function valueText({clock, runs}: Desk): string {
  const time = clock.time.value
  const counts = runs.value.flatMap((run, i) =>
    isReady(run) ? [`${letterOf(i)} ${run.lane.label} ${count(run.tally.count(-1, time))}`] : [],
  )
  const far = `${time === 0 ? '0 s' : spanText(time)} of ${spanText(clock.end.value)}`
  return counts.length === 0 ? far : `${far}. Disrupted: ${counts.join(', ')}`
}

/** Arrows go by a hundredth of the run, with shift and by page a tenth. */
export function timeFor(
  {key, shiftKey}: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  time: Time,
  end: Time,
): Time | undefined {
  if (key === 'Home') return 0
  if (key === 'End') return end
  const back = key === 'ArrowLeft' || key === 'ArrowDown' || key === 'PageDown'
  const on = key === 'ArrowRight' || key === 'ArrowUp' || key === 'PageUp'
  if (!back && !on) return undefined
  const share = shiftKey || key.startsWith('Page') ? 0.1 : 0.01
  return Math.min(end, Math.max(0, time + (on ? 1 : -1) * share * end))
}

function byPointer({clock, cursor}: Desk, element: HTMLElement, scale: () => Timeline): void {
  const at = (event: PointerEvent) => event.clientX - element.getBoundingClientRect().left
  let isDown = false
  element.addEventListener('pointerdown', event => {
    if (event.button !== 0 || at(event) < gutter) return
    isDown = true
    element.setPointerCapture(event.pointerId)
    clock.seek(scale().time(at(event)))
  })
  element.addEventListener('pointermove', event => {
    const time = scale().time(at(event))
    cursor.set(at(event) < gutter ? undefined : time)
    if (isDown) clock.seek(time)
  })
  element.addEventListener('pointerleave', () => cursor.set(undefined))
  for (const end of ['pointerup', 'pointercancel'])
    element.addEventListener(end, () => {
      isDown = false
    })
}
