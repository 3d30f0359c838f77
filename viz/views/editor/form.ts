import type {Desk} from '../../desk/desk.ts'
import {h, say} from '../../draw/dom.ts'
import {drawn} from '../../draw/frame.ts'
import type {FieldOutline} from '../../worker/fields.ts'
import {complaint, type Draft, wrongAt} from './draft.ts'
import {nudged} from './nudge.ts'

/** The common numbers of a scenario, by whose they are; each change is simulated at once. */
export function form(desk: Desk, draft: Draft): HTMLElement {
  const place = h('div', {class: 'form'})
  let shown = ''
  drawn(place, [desk.outline, desk.sheet], () => {
    const fields = (desk.outline.value?.fields ?? []).filter(field => counts(field, desk))
    // Sorted, so that what is set for the first time does not move away from under whoever sets it.
    const paths = fields
      .map(({path}) => path)
      .toSorted()
      .join()
    if (paths === shown) return
    shown = paths
    const groups = [...new Set(fields.map(({group}) => group))]
    place.replaceChildren(
      ...groups.map((group, i) => {
        const own = fields.filter(field => field.group === group)
        return unfolded(group, i === 0, own, desk, draft)
      }),
    )
  })
  return place
}

/** A group of fields; those that are seldom changed are folded away in it. */
function unfolded(name: string, open: boolean, fields: readonly FieldOutline[], desk: Desk, draft: Draft): HTMLElement {
  const rows = (isRare: boolean) =>
    fields.filter(field => (field.isRare ?? false) === isRare).map(({path}) => row(path, desk, draft))
  const rare = rows(true)
  return h(
    'details',
    {open},
    h('summary', {}, name),
    ...rows(false),
    rare.length > 0 && h('details', {class: 'more'}, h('summary', {}, `more options (${rare.length})`), ...rare),
  )
}

/** Where every lane brings a strategy of its own, that of the file is no choice. */
const counts = ({path}: FieldOutline, {sheet}: Desk): boolean =>
  !/^release\..*\.strategy$/.test(path) || sheet.value?.lanes?.some(({replace}) => replace === undefined) === true

function row(path: string, desk: Desk, draft: Draft): HTMLElement {
  const field = () => desk.outline.value?.fields.find(it => it.path === path)
  const {label, about, choices} = field()!
  const id = `field-${path}`
  const input = choices === undefined ? textInput(id, path, draft) : choiceInput(id, choices, path, draft)
  const wrong = h('p', {class: 'wrong', id: `${id}-wrong`})
  const told = about ? h('p', {class: 'note', id: `${id}-about`}, about) : undefined
  input.setAttribute('aria-describedby', `${wrong.id}${told === undefined ? '' : ` ${told.id}`}`)
  const back = h('button', {type: 'button', class: 'back', onclick: () => draft.set(path, undefined)}, '↺')
  const element = h(
    'div',
    {class: 'field'},
    h('label', {for: id}, label),
    h('div', {class: 'value'}, ...stepper(input, field()!, draft), back),
    told,
    wrong,
  )
  drawn(element, [desk.outline, desk.errors, desk.sheet], () => {
    const own = draft.valueOf(path)
    const error = wrongAt(desk.errors.value, path)
    const value = own ?? field()?.value ?? ''
    if (document.activeElement !== input || error === undefined) input.value = value
    input.setAttribute('aria-invalid', String(error !== undefined))
    say(wrong, error === undefined ? '' : complaint(error))
    back.hidden = own === undefined
    back.setAttribute('aria-label', `${label}: as in the file`)
  })
  return element
}

function textInput(id: string, path: string, draft: Draft): HTMLInputElement {
  const input = h('input', {id, type: 'text', autocomplete: 'off', spellcheck: 'false'})
  input.addEventListener('change', () => draft.set(path, input.value.trim()))
  return input
}

function choiceInput(id: string, choices: readonly string[], path: string, draft: Draft): HTMLSelectElement {
  const select = h('select', {id}, ...choices.map(choice => h('option', {}, choice)))
  select.addEventListener('change', () => draft.set(path, select.value))
  return select
}

/** What is a number has a button for less and one for more beside it. */
function stepper(input: HTMLInputElement | HTMLSelectElement, field: FieldOutline, draft: Draft): Node[] {
  const {label, path, value} = field
  if (field.choices !== undefined || nudged(value, 1) === undefined) return [input]
  const step = (direction: 1 | -1) => {
    const next = nudged(input.value, direction)
    if (next === undefined) return
    input.value = next
    draft.set(path, next)
  }
  const button = (direction: 1 | -1, sign: string, what: string) =>
    h('button', {type: 'button', 'aria-label': `${label}: ${what}`, onclick: () => step(direction)}, sign)
  return [button(-1, '−', 'less'), input, button(1, '+', 'more')]
}
