import type {Span} from '../draw/timeline.ts'
import type {Source} from '../worker/messages.ts'
import {type Desk, mostLanes, type Sheet, type ViewName, views} from './desk.ts'
import type {Lane} from './run.ts'

/** Everything that a link to this page says, after its `#`. */
export interface Address {
  readonly sheet?: Sheet
  readonly time?: number
  readonly window?: Span
  readonly view?: ViewName
  readonly focus?: number
}

/** `#scenario=ws-drain&set=end%3D2h&seed=7&lane=…&t=120000000&from=0&to=…&view=hosts` */
export async function addressOf(desk: Desk): Promise<string> {
  const {sheet, clock, window, view, focus} = desk
  const words = new URLSearchParams()
  if (sheet.value !== undefined) await addSheet(words, sheet.value)
  words.set('t', String(clock.time.value))
  const {from, to} = window.value
  if (from > 0 || to < clock.end.value) {
    words.set('from', String(from))
    words.set('to', String(to))
  }
  words.set('view', view.value)
  if (focus.value > 0) words.set('focus', String(focus.value))
  return `#${words}`
}

async function addSheet(words: URLSearchParams, {source, seed, lanes = []}: Sheet): Promise<void> {
  words.set('scenario', source.name)
  if (source.text !== undefined) words.set('text', await packed(source.text))
  for (const set of source.sets) words.append('set', set)
  if (seed !== undefined) words.set('seed', String(seed))
  for (const lane of lanes) words.append('lane', laneText(lane))
}

/** Parts are set off by a character that no name and no value has. */
const mark = '\n'
const laneText = ({label, replace = '', forkedAt, sets}: Lane): string =>
  [label, replace, forkedAt ?? '', ...sets].join(mark)

function laneOf(text: string): Lane {
  const [label = '', replace = '', forkedAt = '', ...sets] = text.split(mark)
  return {
    label,
    ...(replace !== '' && {replace}),
    ...(/^\d+$/.test(forkedAt) && {forkedAt: Number(forkedAt)}),
    sets,
  }
}

/** A scenario that an address need not name. */
export type Unnamed = Pick<Source, 'name' | 'text' | 'files'>

/** What an address says, of another scenario if it names none. What it says wrong is as if it said nothing; a text that cannot be unpacked is an Error. */
export async function readAddress(hash: string, unnamed?: Unnamed): Promise<Address> {
  const words = new URLSearchParams(hash.replace(/^#/, ''))
  const number = (name: string) => (/^\d+$/.test(words.get(name) ?? '') ? Number(words.get(name)) : undefined)
  const [from, to, time, focus] = [number('from'), number('to'), number('t'), number('focus')]
  const view = views.find(it => it === words.get('view'))
  const sheet = await sheetOf(words, number('seed'), unnamed)
  return {
    ...(sheet && {sheet}),
    ...(time !== undefined && {time}),
    ...(from !== undefined && to !== undefined && from < to && {window: {from, to}}),
    ...(view && {view}),
    ...(focus !== undefined && {focus}),
  }
}

async function sheetOf(
  words: URLSearchParams,
  seed: number | undefined,
  unnamed: Unnamed | undefined,
): Promise<Sheet | undefined> {
  const name = words.get('scenario') ?? ''
  const text = words.get('text')
  const files = unnamed?.name === name ? unnamed.files : undefined
  const named = {name, ...(text !== null && {text: await unpacked(text)}), ...(files && {files})}
  const source = name === '' ? unnamed : named
  const lanes = lanesOf(words)
  return (
    source && {
      source: {...source, sets: words.getAll('set')},
      ...(seed !== undefined && {seed}),
      ...(lanes.length > 0 && {lanes}),
    }
  )
}

/** Whoever writes an address by hand names strategies; lanes say everything that a page can make of one. */
function lanesOf(words: URLSearchParams): readonly Lane[] {
  const names = (words.get('strategies') ?? '').split(',').filter(name => name !== '')
  const lanes = [...words.getAll('lane').map(laneOf), ...names.map(name => ({label: name, replace: name, sets: []}))]
  return lanes.slice(0, mostLanes)
}

async function packed(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

async function unpacked(code: string): Promise<string> {
  const bytes = Uint8Array.from(atob(code.replaceAll('-', '+').replaceAll('_', '/')), it => it.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Response(stream).text()
}
