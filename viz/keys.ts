import {assert} from '../sim/engine/assert.ts'
import {nameOf} from './key-name.ts'

/** Something that a key does, as the help tells it. */
export interface Key {
  /**
   * As KeyboardEvent.key has it: ' ', '.', 'd', 'D', 'ArrowLeft', '?'; with `Shift+` before one that is the same with shift,
   * such as `Shift+ArrowLeft`.
   */
  readonly key: string
  /** Another key for the same: '=' is where '+' is, where that wants shift. */
  readonly or?: string
  readonly about: string
  readonly group: string
  press(): void
}

const known: Key[] = []

/** Every key that does something, in the order in which they were bound. */
export const keys: readonly Key[] = known

/** From now on the key does that, wherever the focus is but in what takes the key itself. No key can do two things. */
export function bind(key: Key): void {
  const before = known.find(other => namesOf(other).some(name => namesOf(key).includes(name)))
  assert(before === undefined, `the key ${key.key} is to ${key.about}, but does something: ${before?.about}`)
  known.push(key)
}

const namesOf = ({key, or}: Key): readonly string[] => (or === undefined ? [key] : [key, or])

addEventListener('keydown', event => {
  const isCommand = event.ctrlKey || event.metaKey || event.altKey
  if ((isCommand && !event.getModifierState('AltGraph')) || event.defaultPrevented || takesKeys(event)) return
  const name = nameOf(event)
  const found = known.find(key => namesOf(key).includes(name))
  if (found === undefined) return
  event.preventDefault()
  found.press()
})

const takesText = 'input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]'
const pressable =
  'button, a, summary, [role=tab], [role=button], [role=switch], [role=option], [type=checkbox], [type=radio]'
const movable =
  '[type=range], [type=radio], [role=slider], [role=grid], [role=treegrid], [role=listbox], [role=tab], [role=menu]'

/** A dialog and a field take all keys; a button and its like take those that press and move it. */
function takesKeys({target, key}: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false
  if (document.querySelector('dialog:modal') !== null) return true
  if (target.matches(takesText)) return true
  if (target.matches(pressable) && (key === ' ' || key === 'Enter')) return true
  return target.closest(movable) !== null && /^(Arrow|Home|End|Page)/.test(key)
}
