import {styleText} from 'node:util'
import type {Format} from '../../words/table.ts'

/** Dresses a text, or leaves it as it is. */
export type Style = (format: Format | Format[], text: string) => string

export const plain: Style = (_format, text) => text
export const coloured: Style = (format, text) => styleText(format, text, {validateStream: false})

/** Colour only on a terminal that can show it, and never where NO_COLOR (no-color.org) is set. */
export function styleFor(stream: {readonly isTTY?: boolean}, env: NodeJS.ProcessEnv = process.env): Style {
  return stream.isTTY && !env.NO_COLOR && env.TERM !== 'dumb' ? coloured : plain
}

/** Text from a file as it may go to a terminal: control characters, which could steer it, become blanks. */
export const printable = (text: string) => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim()
