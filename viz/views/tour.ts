import type {Desk} from '../desk/desk.ts'
import {isReady} from '../desk/run.ts'
import {h} from '../draw/dom.ts'
import {drawn} from '../draw/frame.ts'
import {Signal} from '../draw/signal.ts'
import {bind} from '../keys.ts'
import {Card, type Tour} from './tour/card.ts'

const tour = new Signal<Tour | undefined>(undefined)

/** Begins the tour, as soon as there are runs to lead through. */
export function tourButton(desk: Desk): HTMLElement {
  const button = h(
    'button',
    {type: 'button', title: 'A tour of what happens here (T)', onclick: () => begin(desk)},
    'Tour',
  )
  bind({key: 't', about: 'begin the tour', group: 'Help', press: () => button.disabled || begin(desk)})
  drawn(button, [desk.runs], () => {
    button.disabled = desk.ready.length === 0 || desk.runs.value.some(({state}) => state === 'running')
  })
  return button
}

/** Its code comes when it is wanted, for most who open the page want to look for themselves. */
async function begin(desk: Desk): Promise<void> {
  const {contestant, tourOf} = await import('./tour/tour.ts')
  const {outline, clock, runs} = desk
  const contestants = runs.value.flatMap((run, i) => (isReady(run) ? [contestant(i, run)] : []))
  const text = await desk.text()
  const steps = tourOf({outline: outline.value, text, runs: contestants, end: clock.end.value})
  if (steps.length > 0) go(desk, {steps, place: 0})
}

function go(desk: Desk, to: Tour): void {
  const {time, window, focus, view} = to.steps[to.place]!
  desk.clock.pause()
  desk.focus.set(focus)
  desk.view.set(view)
  desk.window.set(window)
  desk.clock.seek(time)
  tour.set(to)
}

/** What the tour says, in one place above the clock: whatever is said, its buttons stay where they are. */
export function tourCaption(desk: Desk): HTMLElement {
  const card = new Card(to => (to === undefined ? tour.set(undefined) : go(desk, to)))
  drawn(card.element, [tour], () => card.tell(tour.value, desk.runs.value))
  desk.runs.watch(() => tour.set(undefined))
  return card.element
}
