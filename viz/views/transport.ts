import type {Desk} from '../desk/desk.ts'
import {pan, showAll, zoom} from '../desk/pointing.ts'
import {h} from '../draw/dom.ts'
import {bind} from '../keys.ts'
import {controls} from './transport/controls.ts'
import {legend} from './transport/legend.ts'
import {scrubber} from './transport/scrubber.ts'
import {changed} from './transport/speeds.ts'
import {follow, move, step, zoomToPicked} from './transport/stepping.ts'

/** The one clock of all runs: what there is of time, where in it one is, and how to go elsewhere. */
export function transport(desk: Desk): HTMLElement {
  bindKeys(desk)
  desk.clock.time.watch(() => follow(desk))
  return h(
    'section',
    {class: 'transport', 'aria-label': 'Time'},
    h('div', {class: 'panel'}, controls(desk), legend(desk)),
    scrubber(desk),
  )
}

function bindKeys(desk: Desk): void {
  const {clock, focus, runs} = desk
  const bound = (
    group: string,
    keys: readonly (readonly [key: string, about: string, press: () => void, or?: string])[],
  ) => {
    for (const [key, about, press, or] of keys) bind({key, about, group, press, ...(or !== undefined && {or})})
  }
  const speed = (faster: boolean) => clock.speed.set(changed(clock.speed.value, faster))
  const look = (by: number) => focus.set((focus.value + by + runs.value.length) % Math.max(1, runs.value.length))
  bound('Play', [
    [' ', 'play or pause', () => clock.toggle()],
    ['+', 'play faster', () => speed(true), '='],
    ['-', 'play more slowly', () => speed(false), '_'],
  ])
  bound('Go to', [
    ['ArrowLeft', 'back by a hundredth of what is shown', () => move(desk, -0.01)],
    ['ArrowRight', 'on by a hundredth of what is shown', () => move(desk, 0.01)],
    ['Shift+ArrowLeft', 'back by a tenth', () => move(desk, -0.1)],
    ['Shift+ArrowRight', 'on by a tenth', () => move(desk, 0.1)],
    [',', 'previous event', () => step(desk, 'event', -1)],
    ['.', 'next event', () => step(desk, 'event', 1)],
    ['D', 'previous disruption', () => step(desk, 'disruption', -1)],
    ['d', 'next disruption', () => step(desk, 'disruption', 1)],
    ['E', 'previous error burst', () => step(desk, 'error burst', -1)],
    ['e', 'next error burst', () => step(desk, 'error burst', 1)],
    ['Home', 'start', () => clock.seek(0)],
    ['End', 'end', () => clock.seek(clock.end.value)],
  ])
  bound('Zoom', [
    ['z', 'zoom in at the playhead', () => zoom(desk, 0.5)],
    ['Z', 'zoom out', () => zoom(desk, 2)],
    ['h', 'show what is before', () => pan(desk, -0.5)],
    ['l', 'show what comes after', () => pan(desk, 0.5)],
    ['f', 'zoom to what is picked', () => zoomToPicked(desk)],
    ['0', 'show the whole run', () => showAll(desk)],
  ])
  bound('Runs', [
    ['r', 'look closely at the next run', () => look(1)],
    ['R', 'look closely at the run before', () => look(-1)],
  ])
}
