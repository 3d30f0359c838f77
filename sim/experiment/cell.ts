import {version} from '../trace/version.ts'
import {plainData} from './data.ts'

/** One run that is to be made, whole and as plain data, so that it can be made by another thread or on another machine. */
export interface Cell {
  readonly scenario: ScenarioText
  /** The strategy that takes the place of the scenario's own; null where all is as it is written. */
  readonly strategy: Choice | null
  /** As `path=value`, each over the ones before. */
  readonly set: readonly string[]
  readonly seed: number
  /** Of this package, for another may make other numbers of it. */
  readonly version: string
}

/** A scenario with the texts of the files that it names. */
export interface ScenarioText {
  /** As it was asked for: a path, or the name of a shipped one. */
  readonly typed: string
  /** As messages call it. */
  readonly file: string
  readonly name: string
  readonly text: string
  /** By the paths that it has for them; there may be more than it names. */
  readonly data: Readonly<Record<string, string>>
}

export interface Choice {
  /** As it was asked for: the name of a shipped one, or a file. */
  readonly word: string
  readonly name: string
  /** Of a file: a hash of its text. */
  readonly digest?: string
}

export const cellOf = (parts: Omit<Cell, 'version'>): Cell => ({...parts, version})

/**
 * All that decides what comes of a cell, and nothing else, as one text: two cells with the same content have the same
 * row. What the scenario's file is called does not count, nor how it is laid out, nor whether a value stands in it or is set over it.
 */
export function contentOf({scenario, strategy, set, seed, version}: Cell): string {
  const data = lately(scenario.text, set)
  const named = JSON.stringify(data)
  const files = Object.entries(scenario.data).filter(([path]) => named.includes(JSON.stringify(path)))
  const way = strategy && {name: strategy.name, digest: strategy.digest ?? null}
  return JSON.stringify({version, seed, strategy: way, data, files: files.toSorted(([a], [b]) => (a < b ? -1 : 1))})
}

let last: {readonly text: string; readonly set: string; readonly data: unknown} | undefined

/** To read a text takes far longer than all else, and cells that follow each other mostly differ in their seed alone. */
function lately(text: string, sets: readonly string[]): unknown {
  const set = JSON.stringify(sets)
  if (last?.text !== text || last.set !== set) last = {text, set, data: decided(text, sets)}
  return last.data
}

/** What a text says after overrides, but for what no number hangs on. Of one that cannot be read, the text itself. */
function decided(text: string, set: readonly string[]): unknown {
  const data = plainData(text, set)
  if (data === undefined) return {text, set}
  const {title, question, seed, expect, ...rest} = data
  return rest
}
