import {closeSync, fstatSync, openSync, readSync} from 'node:fs'
import {fileProblem, UserError} from './user-error.ts'

export const megabyte = 2 ** 20

/** What a file holds, up to a limit; a UserError says why it cannot be read, and `advice` what to do about it. */
export function bytesOf(file: string, limit: number, advice = () => ''): Uint8Array {
  try {
    return readBytes(file, limit)
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`cannot read ${file}: ${fileProblem(error)}${advice()}`)
  }
}

/** The text of a file; a UserError if it is none. */
export function textOf(file: string, limit: number, advice?: () => string): string {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytesOf(file, limit, advice))
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`cannot read ${file}: it is no text in UTF-8`)
  }
}

/** Reads what is there, not what the size says: a pipe has none, and a file may grow. */
function readBytes(file: string, limit: number): Uint8Array {
  const descriptor = openSync(file, 'r')
  try {
    const stat = fstatSync(descriptor)
    if (stat.isDirectory()) throw new UserError(`cannot read ${file}: is a folder`)
    if (stat.size > limit) throw tooLarge(file, limit)
    const parts: Uint8Array[] = []
    for (let length = 0; ; length += parts.at(-1)!.length) {
      if (length > limit) throw tooLarge(file, limit)
      const part = new Uint8Array(Math.max(stat.size + 1 - length, 64 * 1024))
      const got = readSync(descriptor, part)
      if (got === 0) return Buffer.concat(parts)
      parts.push(part.subarray(0, got))
    }
  } finally {
    closeSync(descriptor)
  }
}

const tooLarge = (file: string, limit: number) =>
  new UserError(`cannot read ${file}: it has more than ${limit / megabyte} MiB, the most that is read`)
