import type {Desk} from '../../desk/desk.ts'
import {h, say} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import {Draft} from './draft.ts'
import {forks} from './forks.ts'
import {form} from './form.ts'
import {lanes} from './lanes.ts'
import {text} from './text.ts'

/** All that one can change. */
export function contents(desk: Desk): readonly HTMLElement[] {
  const draft = new Draft(desk)
  return [status(desk), lanes(desk, draft), forks(desk, draft), form(desk, draft), seed(desk, draft), text(desk, draft)]
}

/** How far the runs are, and a way to end them. */
function status(desk: Desk): HTMLElement {
  const words = h('span', {role: 'status'})
  const progress = h('progress', {max: 1, 'aria-label': 'simulating'})
  const cancel = h('button', {type: 'button', onclick: () => desk.cancel()}, 'Cancel')
  const element = h('p', {class: 'status'}, words, progress, cancel)
  drawn(element, [desk.runs, desk.errors], () => {
    const running = desk.runs.value.filter(({state}) => state === 'running')
    const done = desk.runs.value.map(run => (run.state === 'running' ? run.done : 1))
    progress.value = done.reduce((sum, it) => sum + it, 0) / Math.max(1, done.length)
    progress.hidden = cancel.hidden = running.length === 0
    const wrong = desk.errors.value.length
    say(
      words,
      wrong > 0
        ? `not run: ${wrong === 1 ? 'one thing is' : `${wrong} things are`} wrong`
        : running.length > 0
          ? 'simulating'
          : 'up to date',
    )
  })
  return element
}

function seed(desk: Desk, draft: Draft): HTMLElement {
  const input = h('input', {id: 'seed', type: 'number', min: 0, step: 1})
  input.addEventListener('change', () => {
    if (Number.isSafeInteger(input.valueAsNumber) && input.valueAsNumber >= 0) draft.seed(input.valueAsNumber)
  })
  const element = h(
    'div',
    {class: 'field'},
    h('label', {for: 'seed'}, 'seed of all chance'),
    h('div', {class: 'value'}, input),
  )
  drawn(element, [desk.sheet, desk.outline], () => {
    input.value = String(draft.sheet?.seed ?? desk.outline.value?.seed ?? 1)
  })
  return element
}
