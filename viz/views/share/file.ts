import type {Desk} from '../../desk/desk.ts'
import {h} from '../../draw/dom.ts'

/** The name of a file that is saved: what it is of, so that it is known again among others. */
export function savedAs({focused, outline}: Desk, what: string, kind: string): string {
  const {scenario = outline.value?.name ?? 'zdr', seed = outline.value?.seed ?? 0} = focused?.recording ?? {}
  return `${[scenario, `seed-${seed}`, focused?.lane.label ?? '', what].map(plain).filter(Boolean).join('_')}.${kind}`
}

/** Without what a file system takes for something else. */
export const plain = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N}.]+/gu, '-')
    .replace(/^[-.]+|-+$/g, '')
    .slice(0, 60)

const types: Readonly<Record<string, string>> = {svg: 'image/svg+xml', csv: 'text/csv', json: 'application/json'}

/** Hands a file to whoever looks at the page. */
export function save(name: string, content: Blob | string): void {
  const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? ''
  const address = URL.createObjectURL(typeof content === 'string' ? new Blob([content], {type}) : content)
  h('a', {href: address, download: name}).click()
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** A text packed by gzip. */
export const packedFile = (text: string): Promise<Blob> =>
  new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob()
