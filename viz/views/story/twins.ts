import {briefly} from '../../../sim/story/because.ts'
import {clientOf, type Fate, fateOf} from '../../../sim/story/clients.ts'
import {endOf, onWhom} from '../../../sim/story/sentences.ts'
import type {Desk} from '../../desk/desk.ts'
import {isReady, letterOf, type ReadyRun} from '../../desk/run.ts'
import {h, svg} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import {signs} from '../../draw/palette.ts'
import {clockText} from '../../draw/words.ts'
import {families} from '../../recording/family.ts'

/** Disruptions of one client that are told one by one. */
const most = 4

/**
 * What became of one client in each of the runs. It comes at the same time and wants the same in all of them, so whatever is
 * different is the strategy's doing.
 */
export function twins(desk: Desk, workload: string, client: number): HTMLElement {
  const runs = desk.runs.value.flatMap((run, index) => (isReady(run) ? [twin(desk, run, index, workload, client)] : []))
  return h(
    'section',
    {class: 'twins'},
    h('h3', {}, runs.length > 1 ? 'The same client in each run' : 'This client in the run'),
    ...runs,
    isSecond(desk, workload, client) && h('p', {class: 'note'}, second),
  )
}

function twin(desk: Desk, run: ReadyRun, index: number, workload: string, client: number): HTMLElement {
  const fate = fateOf(run.recording, workload, client)
  const {label} = run.lane
  return h(
    'div',
    {class: 'twin', role: 'group', 'aria-label': label},
    h('p', {}, h('span', {class: `badge run-${index}`, 'aria-hidden': 'true'}, letterOf(index)), h('b', {}, label)),
    strip(desk, run, fate),
    h('p', {class: 'fate'}, fateText(run, fate)),
    ...fate.disruptions.slice(0, most).map(row => ending(desk, run, index, row)),
  )
}

function fateText({recording}: ReadyRun, {disruptions}: Fate): string {
  const {total, cap} = recording.disruptions
  if (disruptions.length > most) return `disrupted ${disruptions.length} times; the first ${most}:`
  if (disruptions.length > 0)
    return disruptions.length === 1 ? 'disrupted once:' : `disrupted ${disruptions.length} times:`
  return total > cap ? 'not among the disruptions that the trace keeps' : 'never disrupted'
}

/** A disruption, which can be gone to. */
function ending(desk: Desk, run: ReadyRun, index: number, row: number): HTMLElement {
  const {recording} = run
  const {at, process, family} = recording.disruptions
  const press = () => {
    desk.focus.set(index)
    desk.picked.set({kind: 'disruption', row})
    desk.clock.seek(at[row]!)
  }
  return h(
    'button',
    {type: 'button', class: `ending ${families[family[row]!]!}`, title: briefly(run, row), onclick: press},
    h('span', {class: 'sign', 'aria-hidden': 'true'}, signs[families[family[row]!]!]),
    h('span', {class: 'at'}, clockText(at[row]!, 1_000)),
    `${endOf(recording, row)}${onWhom(recording, process[row]!)}`,
  )
}

/** Its lives as bars and its disruptions as signs, over the whole run; the clock as a line. */
function strip({clock}: Desk, {recording}: ReadyRun, {disruptions, lives}: Fate): SVGElement {
  const share = (time: number) => `${(100 * time) / Math.max(1, clock.end.value)}%`
  const now = svg('line', {class: 'now', y1: 0, y2: 20})
  const {family, at} = recording.disruptions
  const element = svg(
    'svg',
    {class: 'strip', height: 20, 'aria-hidden': 'true'},
    svg('line', {class: 'ground', x1: 0, x2: '100%', y1: 10, y2: 10}),
    ...lives.map(row => {
      const {from, to} = recording.lives
      return svg('rect', {class: 'life', x: share(from[row]!), width: share(to[row]! - from[row]!), y: 7, height: 6})
    }),
    ...disruptions.map(row => {
      const name = families[family[row]!]!
      return svg('text', {class: `sign ${name}`, x: share(at[row]!), y: 15, 'text-anchor': 'middle'}, signs[name])
    }),
    now,
  )
  drawn(element, [clock.time], () => {
    for (const end of ['x1', 'x2']) now.setAttribute(end, share(clock.time.value))
  })
  return element
}

const second =
  'It is a second connection of a busy client. Which of those there are does depend on the strategy, so in other runs this may be another one.'

/** Pools open second connections while their own are busy: the only clients that are not the same in all runs. */
function isSecond({outline, focused}: Desk, workload: string, client: number): boolean {
  const {kind, connections = Number.POSITIVE_INFINITY} =
    outline.value?.workloads.find(({name}) => name === workload) ?? {}
  const index = focused?.recording.workloads.findIndex(({name}) => name === workload) ?? -1
  return kind === 'keep-alive' && index !== -1 && clientOf(focused!.recording, index, client) >= connections
}
