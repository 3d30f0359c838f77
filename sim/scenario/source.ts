import type {Path} from './error.ts'
import {isMap} from './map.ts'

export interface Place {
  /** Both from 1; 0 in what was never a text. */
  readonly line: number
  readonly column: number
}

/** Something wrong with a text itself, whatever it was meant to say. */
export interface Finding extends Place {
  readonly path: string
  readonly found: string
  readonly wanted: string
}

/** A scenario file as plain data, and the way back from the data to the text. */
export interface Source {
  readonly root: unknown
  /** Where a value or its key stands; of what is not there, the innermost that should hold it. */
  place(path: Path, what: 'key' | 'value'): Place
}

/** Keys that mean something to JavaScript; nothing good is ever called so. */
export const reserved: readonly string[] = ['__proto__', 'constructor', 'prototype']

export const nowhere: Place = {line: 0, column: 0}

/** A document that somebody has parsed already, or written as data: a copy of it, which overrides may change. */
export const sourceOf = (root: unknown): Source => ({root: copied(root), place: () => nowhere})

/** Maps have no prototype, as those of a text have none. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied)
  if (!isMap(value)) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, copied(inner)])
  return Object.assign(Object.create(null), Object.fromEntries(entries))
}
