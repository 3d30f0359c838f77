import type {Span} from '../draw/timeline.ts'
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

/** `#scenario=ws-drain&set=end%3D2h&seed=7&lane=hard-restart&lane=socket-takeover&t=120000000&from=0&to=…&view=hosts` */
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
  const fork = numberOf(forkedAt)
  return {label, ...(replace !== '' && {replace}), ...(fork !== undefined && {forkedAt: fork}), sets}
}

/** What an address says. What it says wrong is as if it said nothing; only a scenario that is damaged is a problem. */
export async function readAddress(hash: string): Promise<Address> {
  const words = new URLSearchParams(hash.replace(/^#/, ''))
  const number = (name: string) => numberOf(words.get(name) ?? '')
  const [from, to, time, focus] = [number('from'), number('to'), number('t'), number('focus')]
  const view = views.find(it => it === words.get('view'))
  const theme = words.get('theme')
  return {
    ...(await sheetOf(words, number('seed'))),
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

async function sheetOf(words: URLSearchParams, seed?: number): Promise<Pick<Address, 'sheet' | 'problem'>> {
  const name = words.get('scenario')
  if (name === null || name === '') return {}
  const code = words.get('text')
  const text = code === null ? undefined : await unpacked(code)
  if (code !== null && text === undefined)
    return {problem: `The link to ${name.slice(0, 80)} is damaged: the scenario in it cannot be read.`}
  const lanes = words.getAll('lane').slice(0, mostLanes).map(laneOf)
  return {
    sheet: {
      source: {name, sets: words.getAll('set'), ...(text !== undefined && {text})},
      ...(seed !== undefined && {seed}),
      ...(lanes.length > 0 && {lanes}),
    },
  }
}
