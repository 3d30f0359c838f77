import type {Cause} from '../../../sim/net/events.ts'
import {becauseOf, becauseOfLife, type Step, type Story} from '../../../sim/story/because.ts'
import {clientName, endingOf} from '../../../sim/story/clients.ts'
import {causesInWords} from '../../../sim/words/causes.ts'
import type {Desk, Picked} from '../../desk/desk.ts'
import {letterOf, type ReadyRun} from '../../desk/run.ts'
import {h} from '../../draw/dom.ts'
import {clockText, spanText} from '../../draw/words.ts'
import {twins} from './twins.ts'

/** All that is told of a disruption or a life: its chain of causes, what would help, and the same client in all runs. */
export function panel(desk: Desk, run: ReadyRun, picked: Extract<Picked, {row: number}>): readonly HTMLElement[] {
  const {recording} = run
  const table = picked.kind === 'life' ? recording.lives : recording.disruptions
  const [workload, client] = [table.workload[picked.row]!, table.client[picked.row]!]
  const story = picked.kind === 'life' ? becauseOfLife(run, picked.row) : becauseOf(run, picked.row)
  const ending = picked.kind === 'life' ? endingOf(recording, picked.row) : picked.row
  const badge = h('span', {class: `badge run-${desk.focus.value}`, title: run.lane.label}, letterOf(desk.focus.value))
  const away = h(
    'button',
    {type: 'button', 'aria-label': 'close the story', onclick: () => desk.picked.set(undefined)},
    '✕',
  )
  return [
    h('div', {class: 'top'}, badge, h('h2', {'aria-live': 'polite'}, story.title), away),
    h(
      'div',
      {class: 'contents'},
      h('p', {class: 'who'}, `${clientName(recording, workload, client)} under ${run.lane.label}`),
      steps(desk, story),
      ...advice(recording.causes[ending === undefined ? -1 : recording.disruptions.cause[ending]!]),
      twins(desk, recording.workloads[workload]?.name ?? '', client),
    ),
  ]
}

/** The steps from the first to the end, with as much room between them as there was time, on a scale of powers of ten. */
function steps(desk: Desk, {steps: all}: Story): HTMLElement {
  return h(
    'ol',
    {class: 'steps'},
    ...all.map((step, k) => {
      const gap = (all[k + 1]?.at ?? step.at) - step.at
      const item = h(
        'li',
        {},
        instant(desk, step),
        h('span', {}, step.text),
        gap >= shortest && h('i', {}, spanText(gap)),
      )
      item.style.paddingBottom = `${0.4 + 0.25 * Math.log10(1 + gap / shortest)}rem`
      return item
    }),
  )
}

/** Gaps below a millisecond are as none. */
const shortest = 1_000

function instant(desk: Desk, {at}: Step): HTMLElement {
  const text = clockText(at, 1_000)
  const press = () => desk.clock.seek(at)
  return h('button', {type: 'button', class: 'instant', 'aria-label': `go to ${text}`, onclick: press}, text)
}

function advice(cause: Cause | undefined): HTMLElement[] {
  const known = cause === undefined ? undefined : causesInWords[cause as Exclude<Cause, 'done'>]
  return known === undefined
    ? []
    : [h('section', {}, h('h3', {}, 'What would help'), h('p', {}, sentence(known.advice)))]
}

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`
