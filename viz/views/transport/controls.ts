import type {Desk} from '../../desk/desk.ts'
import {h, say, svg} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import {clockText} from '../../draw/words.ts'
import {placeOf, speedInWords, speeds, speedText} from './speeds.ts'
import {type Direction, type Stop, step} from './stepping.ts'

const signs = {
  play: 'M3 1.5v13l11-6.5z',
  pause: 'M3 2h4v12H3zM9 2h4v12H9z',
  start: 'M2 2h2v12H2zM14 2v12L5 8z',
  end: 'M12 2h2v12h-2zM2 2v12l9-6z',
  back: 'M11 2v12L3 8z',
  on: 'M5 2v12l8-6z',
}

/** Buttons to go through time, what time it is, and how fast it passes. */
export function controls(desk: Desk): HTMLElement {
  const {clock} = desk
  return h(
    'div',
    {class: 'controls', role: 'group', 'aria-label': 'Play and step'},
    h(
      'div',
      {class: 'play'},
      button('start', 'go to the start (Home)', () => clock.seek(0)),
      playButton(desk),
      button('end', 'go to the end (End)', () => clock.seek(clock.end.value)),
    ),
    readout(desk),
    speed(desk),
    stepper(desk, 'event', 'event', [',', '.']),
    stepper(desk, 'disruption', 'disruption', ['Shift D', 'D']),
    stepper(desk, 'error burst', 'burst', ['Shift E', 'E']),
  )
}

function button(sign: keyof typeof signs, label: string, press: () => void): HTMLButtonElement {
  const name = label.replace(/ \(.*/, '')
  return h('button', {type: 'button', 'aria-label': name, title: label, onclick: press}, picture(sign))
}

const picture = (sign: keyof typeof signs) =>
  svg('svg', {viewBox: '0 0 16 16', 'aria-hidden': 'true'}, svg('path', {d: signs[sign]}))

function playButton({clock}: Desk): HTMLElement {
  const element = button('play', 'play (Space)', () => clock.toggle())
  drawn(element, [clock.playing, clock.end], () => {
    const verb = clock.playing.value ? 'pause' : 'play'
    element.replaceChildren(picture(verb))
    element.setAttribute('aria-label', verb)
    element.title = `${verb} (Space)`
    element.disabled = clock.end.value === 0
  })
  return element
}

/** Back and on, with the word for what between them. */
function stepper(desk: Desk, stop: Stop, word: string, [before, after]: readonly [string, string]): HTMLElement {
  const side = (sign: 'back' | 'on', direction: Direction, name: string, key: string) =>
    button(sign, `${name} ${stop} (${key})`, () => step(desk, stop, direction))
  return h(
    'div',
    {class: 'stepper'},
    side('back', -1, 'previous', before),
    h('span', {'aria-hidden': 'true'}, word),
    side('on', 1, 'next', after),
  )
}

/** As fine as what can be told apart in the window. */
function readout({clock, window}: Desk): HTMLElement {
  const now = h('span', {class: 'now'})
  const all = h('span', {class: 'all'})
  const element = h('div', {class: 'time'}, now, ' / ', all)
  drawn(element, [clock.time, clock.end, window], () => {
    const span = window.value.to - window.value.from
    const grain = span > 20_000_000 ? 1_000_000 : span > 20_000 ? 1_000 : 1
    say(now, clockText(clock.time.value, grain))
    say(all, clockText(clock.end.value))
    now.style.minWidth = `${clockText(clock.end.value, grain).length}ch`
  })
  return element
}

function speed({clock}: Desk): HTMLElement {
  const range = h('input', {type: 'range', min: 0, max: speeds.length - 1, step: 1, 'aria-label': 'Speed'})
  range.addEventListener('input', () => clock.speed.set(speeds[Number(range.value)]!))
  const text = h('span', {class: 'value'})
  const element = h('label', {class: 'speed', title: 'Simulated seconds in one second (+ and −)'}, 'Speed', range, text)
  drawn(element, [clock.speed], () => {
    const {value} = clock.speed
    range.value = String(placeOf(value))
    range.setAttribute('aria-valuetext', speedInWords(value))
    say(text, speedText(value))
  })
  return element
}
