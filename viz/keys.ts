/** Something that a key does, as the help tells it. */
export interface Key {
  /** As KeyboardEvent.key has it: ' ', '.', 'ArrowLeft', '?'; with shift as `Shift+ArrowLeft` if that makes no other character. */
  readonly key: string
  readonly about: string
  readonly group: string
  press(): void
}

const known: Key[] = []

/** Every key that does something, in the order in which they were bound. */
export const keys: readonly Key[] = known

/** From now on the key does that, wherever the focus is but in a field that takes text. */
export function bind(key: Key): void {
  known.push(key)
}

addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || takesKeys(event)) return
  const name = event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key
  const found = known.find(({key}) => key === name)
  if (found === undefined) return
  event.preventDefault()
  found.press()
})

/** A field takes all keys; a button and its like take those that press and move it. */
function takesKeys({target, key}: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('dialog[open]') !== null && key !== 'Escape') return true
  if (target.matches('input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]'))
    return true
  if (target.matches('button, a, summary, [role=tab], [role=button]'))
    return key === ' ' || key === 'Enter' || (key.startsWith('Arrow') && target.matches('[role=tab]'))
  return (
    target.matches('input[type=range], [role=slider], [role=grid], [role=listbox]') &&
    /^(Arrow|Home|End|Page)/.test(key)
  )
}
