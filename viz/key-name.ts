/**
 * What a key is called where something is bound to it: 'd', 'D', '.', 'Shift+ArrowLeft'. Letters are those that are printed
 * on it, large with shift whatever the caps lock says; where a layout has no Latin ones, those that others have there.
 */
export function nameOf({key, code, shiftKey}: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>): string {
  if (key.length > 1) return shiftKey ? `Shift+${key}` : key
  const letter = isForeign(key) && /^Key[A-Z]$/.test(code) ? code.slice(-1) : key
  if (!isLatin(letter)) return key
  return shiftKey ? letter.toUpperCase() : letter.toLowerCase()
}

const isLatin = (key: string) => /^[a-z]$/i.test(key)
const isForeign = (key: string) => /^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key)

const signs: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
}

/** The keys that are held down together for it, as they are printed on them. */
export function capsOf(name: string): readonly string[] {
  if (name.startsWith('Shift+')) return ['Shift', ...capsOf(name.slice('Shift+'.length))]
  if (/^[A-Z]$/.test(name)) return ['Shift', name]
  return [signs[name] ?? (isLatin(name) ? name.toUpperCase() : name)]
}
