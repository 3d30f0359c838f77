import type {Span} from '../draw/timeline.ts'
import type {Source} from '../worker/messages.ts'
import {mostLanes, type Sheet, type ViewName, views} from './desk.ts'
import {packed, unpacked} from './packing.ts'
import type {Lane} from './run.ts'
import {isTheme, type Theme} from './theme.ts'

/** Everything that a link to this page says, after its `#`. */
export interface Address {
  readonly sheet?: Sheet
  readonly time?: number
  readonly window?: Span
  readonly view?: ViewName
  readonly focus?: number
  readonly theme?: Theme
  /** What the link wanted to say and could not: a sentence. */
  readonly problem?: string
}

/** A scenario that an address need not name. */
export type Unnamed = Pick<Source, 'name' | 'text' | 'files'>

/** `#scenario=ws-drain&set=end%3D2h&seed=7&strategies=…&t=120000000&from=0&to=…&view=hosts&theme=dark` */
export async function writeAddress({sheet, time, window, view, focus, theme}: Address): Promise<string> {
  const words = new URLSearchParams()
  if (sheet !== undefined) await addSheet(words, sheet)
  if (time !== undefined) words.set('t', String(time))
  if (window !== undefined) {
    words.set('from', String(window.from))
    words.set('to', String(window.to))
  }
  if (view !== undefined) words.set('view', view)
  if (focus !== undefined) words.set('focus', String(focus))
  if (theme !== undefined) words.set('theme', theme)
  return `#${words}`
}

async function addSheet(words: URLSearchParams, {source, seed, lanes = []}: Sheet): Promise<void> {
  words.set('scenario', source.name)
  if (source.text !== undefined) words.set('text', await packed(source.text))
  for (const [path, text] of Object.entries(source.files ?? {}))
    words.append('file', path + mark + (await packed(text)))
  for (const set of source.sets) words.append('set', set)
  if (seed !== undefined) words.set('seed', String(seed))
  if (lanes.length > 0 && lanes.every(isPlain)) words.set('strategies', lanes.map(({label}) => label).join())
  else for (const lane of lanes) words.append('lane', laneText(lane))
}

/** A lane that is a strategy and nothing else can be named by hand. */
const isPlain = ({label, replace, forkedAt, sets}: Lane): boolean =>
  label === replace && forkedAt === undefined && sets.length === 0 && /^[\w.-]+$/.test(label)

/** Parts are set off by a character that no name, path and value has. */
const mark = '\n'
const laneText = ({label, replace = '', forkedAt, sets}: Lane): string =>
  [label, replace, forkedAt ?? '', ...sets].join(mark)

function laneOf(text: string): Lane {
  const [label = '', replace = '', forkedAt = '', ...sets] = text.split(mark)
  const fork = numberOf(forkedAt)
  return {label, ...(replace !== '' && {replace}), ...(fork !== undefined && {forkedAt: fork}), sets}
}

/**
 * What an address says, of another scenario if it names none. What it says wrong is as if it said nothing; only a scenario
 * that is damaged is a problem.
 */
export async function readAddress(hash: string, unnamed?: Unnamed): Promise<Address> {
  const words = new URLSearchParams(hash.replace(/^#/, ''))
  const number = (name: string) => numberOf(words.get(name) ?? '')
  const [from, to, time, focus] = [number('from'), number('to'), number('t'), number('focus')]
  const view = views.find(it => it === words.get('view'))
  const theme = words.get('theme')
  return {
    ...(await sheetOf(words, number('seed'), unnamed)),
    ...(time !== undefined && {time}),
    ...(from !== undefined && to !== undefined && from < to && {window: {from, to}}),
    ...(view && {view}),
    ...(focus !== undefined && {focus}),
    ...(isTheme(theme) && {theme}),
  }
}

/** A whole number that is one to JavaScript as well. */
function numberOf(text: string): number | undefined {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : undefined
  return Number.isSafeInteger(number) ? number : undefined
}

type Said = Pick<Address, 'sheet' | 'problem'>

async function sheetOf(words: URLSearchParams, seed?: number, unnamed?: Unnamed): Promise<Said> {
  const name = words.get('scenario') ?? ''
  const named = name === '' ? unnamed : await sourceOf(words, name, unnamed)
  if (name !== '' && named === undefined)
    return {problem: `The link to ${name.slice(0, 80)} is damaged: the scenario in it cannot be read.`}
  if (named === undefined) return {}
  const lanes = lanesOf(words)
  const source = {...named, sets: words.getAll('set')}
  return {sheet: {source, ...(seed !== undefined && {seed}), ...(lanes.length > 0 && {lanes})}}
}

/** The scenario that an address names; undefined if the text of it, or of one of its files, is damaged. */
async function sourceOf(words: URLSearchParams, name: string, unnamed?: Unnamed): Promise<Unnamed | undefined> {
  const code = words.get('text')
  const text = code === null ? undefined : await unpacked(code)
  const own = await Promise.all(words.getAll('file').slice(0, mostFiles).map(fileOf))
  if ((code !== null && text === undefined) || own.includes(undefined)) return undefined
  const files = own.length > 0 ? Object.fromEntries(own.filter(it => it !== undefined)) : unnamed?.files
  const hasFiles = files !== undefined && (own.length > 0 || unnamed?.name === name)
  return {name, ...(text !== undefined && {text}), ...(hasFiles && {files})}
}

/** Each may be as long as a text, so there are not many. */
const mostFiles = 8

async function fileOf(word: string): Promise<readonly [path: string, text: string] | undefined> {
  const [path = '', code = ''] = word.split(mark)
  const text = await unpacked(code)
  return text === undefined ? undefined : [path, text]
}

/** Strategies are named; of lanes that are more than one of them everything is said. */
function lanesOf(words: URLSearchParams): readonly Lane[] {
  const names = (words.get('strategies') ?? '').split(',').filter(name => name !== '')
  const lanes = [...words.getAll('lane').map(laneOf), ...names.map(name => ({label: name, replace: name, sets: []}))]
  return lanes.slice(0, mostLanes)
}
