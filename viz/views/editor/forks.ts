import type {Desk} from '../../desk/desk.ts'
import {letterOf} from '../../desk/run.ts'
import {h, say} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import type {Outline} from '../../worker/outline.ts'
import type {Draft} from './draft.ts'
import {forked, type Intervention, instantText, placeFor} from './fork.ts'

/** Another future for the run that is looked at, from the clock's time on; it is laid beside the others. */
export function forks(desk: Desk, draft: Draft): HTMLElement {
  const legend = h('legend', {})
  const note = h('p', {class: 'note'})
  const place = h('div', {})
  const element = h('fieldset', {class: 'forks'}, legend, note, place)
  let shown: Outline | undefined
  drawn(element, [desk.outline, desk.picked, desk.focus], () => {
    const outline = desk.outline.value
    if (outline !== shown) place.replaceChildren(...(outline === undefined ? [] : choicesOf(outline, desk, draft)))
    shown = outline
    const picked = pickedHost(desk)
    const options = place.querySelectorAll<HTMLOptionElement>('select[aria-label=host] option')
    for (const option of options) if (option.value === picked) option.selected = true
  })
  drawn(element, [desk.clock.time, desk.clock.end, desk.runs, desk.focus, desk.sheet], () => {
    const lane = draft.sheet?.lanes?.[desk.focus.value]
    say(legend, `Another future for ${lane?.label ?? 'a run'}, from ${instantText(desk.clock.time.value)} on`)
    element.disabled = desk.clock.time.value >= desk.clock.end.value
    say(note, element.disabled ? tooLate : whither(desk, draft))
  })
  return element
}

const tooLate = 'The clock is at the end of the run, and nothing can follow: go back to the instant to fork at.'

/** Where the fork goes. */
function whither({focus}: Desk, draft: Draft): string {
  const all = draft.sheet?.lanes ?? []
  const place = placeFor(all.length, focus.value)
  if (place === all.length) return 'It is laid beside the other runs.'
  return `It takes the place of ${letterOf(place)}, ${all[place]!.label}: there is room for four.`
}

function choicesOf(outline: Outline, desk: Desk, draft: Draft): HTMLElement[] {
  const hosts = outline.tiers.flatMap(({name, hosts: count}) =>
    Array.from({length: Math.min(count, 500)}, (_, i) => `${name}.${i}`),
  )
  const comeBack = outline.workloads
    .filter(({kind}) => ['websocket', 'quic', 'mqtt'].includes(kind))
    .map(({name}) => name)
  const released = outline.releases.map(({tier}) => tier)
  const go = (intervention: Intervention) => fork(intervention, outline, desk, draft)
  return [
    choice('Kill a host', [['host', hosts]], ([host]) => go({kind: 'kill', host: host!})),
    choice('Halt a release', [['release of', released]], ([tier]) => go({kind: 'halt', tier: tier!})),
    choice(
      'Change the jitter',
      [
        ['clients of', comeBack],
        ['jitter', ['none', 'equal', 'full', 'decorrelated']],
      ],
      ([workload, jitter]) => go({kind: 'jitter', workload: workload!, jitter: jitter!}),
    ),
  ].flatMap(it => it ?? [])
}

function pickedHost({picked, focused}: Desk): string | undefined {
  const {value} = picked
  return value?.kind === 'host' ? focused?.recording.actors[value.host]?.name : undefined
}

type Lists = readonly (readonly [label: string, values: readonly string[]])[]

/** A button, and what it asks for. Nothing where there is nothing to choose from. */
function choice(what: string, lists: Lists, go: (values: readonly string[]) => void): HTMLElement | undefined {
  if (lists.some(([, values]) => values.length === 0)) return undefined
  const selects = lists.map(([label, values]) =>
    h('select', {'aria-label': label}, ...values.map(value => h('option', {}, value))),
  )
  const button = h('button', {type: 'button', onclick: () => go(selects.map(select => select.value))}, what)
  return h('div', {class: 'value'}, ...selects, button)
}

function fork(intervention: Intervention, outline: Outline, desk: Desk, draft: Draft): void {
  const all = draft.sheet?.lanes ?? []
  const lane = all[desk.focus.value]
  if (lane === undefined) return
  const labels = all.map(({label}) => label)
  const place = placeFor(all.length, desk.focus.value)
  draft.lanes(all.toSpliced(place, 1, forked(lane, intervention, desk.clock.time.value, outline, labels)))
  desk.focus.set(place)
}
