import {isMap, isText} from './map.ts'
import {parseDuration} from './units.ts'

/** What a file holds at some place, wrong as it may be: whoever looks for one mistake passes over all others. */
export type Raw = Readonly<Record<string, unknown>>

export const raw = (value: unknown): Raw => (isMap(value) ? value : {})
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
export const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)
export const durationOf = (value: unknown): number | undefined => (isText(value) ? parseDuration(value) : undefined)
