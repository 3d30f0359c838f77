import type {ScenarioError} from '../../../sim/scenario/error.ts'
import type {Desk} from '../../desk/desk.ts'
import {h} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import {complaint, type Draft} from './draft.ts'

/** The scenario as its file has it, with what is wrong in its place. */
export function text(desk: Desk, draft: Draft): HTMLElement {
  const area = h('textarea', {id: 'scenario-text', spellcheck: 'false', rows: 24, 'aria-describedby': 'scenario-wrong'})
  const list = h('ul', {class: 'wrong', id: 'scenario-wrong'})
  const lines = h('div', {class: 'line-numbers', 'aria-hidden': 'true'})
  const run = h('button', {type: 'button', class: 'main', onclick: () => draft.write(area.value)}, 'Run this text')
  area.addEventListener('scroll', () => {
    lines.scrollTop = area.scrollTop
  })
  area.addEventListener('input', () => number(lines, area.value, desk.errors.value))
  area.addEventListener('keydown', event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) draft.write(area.value)
  })
  const element = h(
    'details',
    {class: 'text'},
    h('summary', {}, 'The whole scenario (YAML)'),
    h('label', {for: area.id, class: 'unseen'}, 'the scenario as YAML'),
    h('div', {class: 'lined'}, lines, area),
    list,
    h('p', {}, run, h('span', {class: 'note'}, ' or Ctrl + Enter')),
  )
  const fill = async () => {
    if (!element.open || document.activeElement === area) return
    area.value = draft.sheet?.source.text ?? (await desk.text())
    number(lines, area.value, desk.errors.value)
  }
  element.addEventListener('toggle', fill)
  drawn(element, [desk.outline, desk.sheet], () => void fill())
  drawn(element, [desk.errors], () => {
    list.replaceChildren(...desk.errors.value.map(error => item(error, area)))
    number(lines, area.value, desk.errors.value)
  })
  return element
}

/** Numbers beside the lines; those where something is wrong are set off. */
function number(lines: HTMLElement, content: string, errors: readonly ScenarioError[]): void {
  const wrong = new Set(errors.map(({line}) => line))
  const count = content.split('\n').length
  lines.replaceChildren(
    ...Array.from({length: count}, (_, i) => h('div', wrong.has(i + 1) ? {class: 'here'} : {}, String(i + 1))),
  )
}

function item(error: ScenarioError, area: HTMLTextAreaElement): HTMLElement {
  const {line, column, path, set} = error
  const where = set === undefined ? `line ${line}, column ${column}` : set
  const go = () => select(area, line, column)
  const place = line > 0 ? h('button', {type: 'button', class: 'link', onclick: go}, where) : h('span', {}, where)
  return h('li', {}, place, ` ${path === '' ? '' : `${path}: `}${complaint(error)}`)
}

/** Puts the cursor where an error is. */
function select(area: HTMLTextAreaElement, line: number, column: number): void {
  const before = area.value.split('\n').slice(0, line - 1)
  const start = before.reduce((sum, it) => sum + it.length + 1, 0) + column - 1
  const end = area.value.indexOf('\n', start)
  area.focus()
  area.setSelectionRange(start, end < 0 ? area.value.length : end)
  area.scrollTop = (line - 5) * (area.scrollHeight / (area.value.split('\n').length || 1))
}
