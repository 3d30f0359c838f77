import {briefly} from '../../../sim/story/because.ts'
import type {Desk} from '../../desk/desk.ts'
import {h, say} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import {many} from '../../draw/words.ts'
import {Log} from '../../recording/log.ts'
import {cached} from '../cached.ts'
import {details, hostOf} from './details.ts'
import {Grid} from './grid.ts'
import {Sieve} from './sieve.ts'

/** Kept for each run, with what was opened in it. */
const logOf = cached((run: ConstructorParameters<typeof Log>[0]) => new Log(run))

/** Everything that happened in the run in focus, as sentences in order of time, on the same clock as all else. */
export function events(desk: Desk): HTMLElement {
  const sieve = new Sieve()
  const grid = new Grid({
    press: line => press(desk, line),
    tip: line => tip(desk, line),
    fold: (line, open) => fold(line, open),
    leave: () => desk.picked.set(undefined),
    moved: () => {
      if (desk.clock.playing.value) sieve.follows.set(false)
    },
  })
  const count = h('p', {class: 'lines', role: 'status'})
  const active = h('div', {class: 'details', role: 'group', 'aria-label': 'The chosen line'})
  const fold = (line: number, open?: boolean) => {
    const run = desk.focused
    const it = run && line < logOf(run).length ? logOf(run).line(line) : undefined
    if (run === undefined || it?.kind !== 'fold' || it.open === open) return
    logOf(run).toggle(line)
    grid.show(run, logOf(run))
    mark(desk, sieve, grid)
  }
  const element = h('div', {class: 'events-view'}, sieve.controls(desk), grid.element, active, count)
  drawn(element, [desk.runs, desk.focus, ...sieve.changing], () => {
    const run = desk.focused
    if (run === undefined) return say(count, 'There is a log once the run in focus is through.')
    logOf(run).filter(sieve.wish(run))
    grid.show(run, logOf(run))
    mark(desk, sieve, grid)
    say(count, countText(desk, logOf(run)))
  })
  drawn(element, [desk.clock.time, sieve.follows, desk.view], () => mark(desk, sieve, grid))
  drawn(element, [grid.active, desk.runs, desk.focus, ...sieve.changing], () => {
    const run = desk.focused
    const isThere = run !== undefined && grid.active.value < logOf(run).length
    active.replaceChildren(...(isThere ? details(desk, sieve, run, logOf(run), grid.active.value) : []))
  })
  return element
}

/** The log is where the clock is. A clock that was set takes the chosen line with it, unless somebody walks in the log. */
function mark({focused, clock}: Desk, {follows}: Sieve, grid: Grid): void {
  if (focused === undefined) return
  const next = logOf(focused).after(clock.time.value)
  if (follows.value && !clock.playing.value && !grid.hasFocus) grid.choose(next - 1)
  grid.mark(next, follows.value, clock.playing.value)
}

/** The clock goes to the instant of a line, and what it tells of is picked; of a fold the first. */
function press(desk: Desk, line: number): void {
  const run = desk.focused
  if (run === undefined || line >= logOf(run).length) return
  const it = logOf(run).line(line)
  desk.clock.seek(logOf(run).at(line))
  const host = hostOf(run, it)
  if (it.kind !== 'event') desk.picked.set({kind: 'disruption', row: it.row})
  else if (host !== undefined) desk.picked.set({kind: 'host', host})
}

function tip({focused}: Desk, line: number): string {
  const it = focused && logOf(focused).line(line)
  return it === undefined || it.kind === 'event' ? '' : briefly(focused!, it.row)
}

function countText({focused}: Desk, log: Log): string {
  const {total, cap} = focused!.recording.disruptions
  const beyond =
    total > cap ? ` Of ${many(total, 'disruption')} the trace keeps the first ${cap.toLocaleString('en')}.` : ''
  return `${many(log.length, 'line')} of ${focused!.lane.label}.${beyond}`
}
