import {statSync} from 'node:fs'
import {basename} from 'node:path'
import {gunzipSync} from 'node:zlib'
import type {Trace} from '../trace/trace.ts'
import {mostBytes, readTrace} from '../trace/verify.ts'
import {bytesOf, megabyte} from './input-file.ts'
import {shippedNames} from './package-folder.ts'
import {UserError} from './user-error.ts'

/** A file with a trace that can be shown. */
export interface TraceFile {
  readonly name: string
  /** As they lie there, packed or not. */
  readonly bytes: Uint8Array
  /** What they say. */
  readonly trace: Trace
}

/** The trace that was named; undefined if it is a scenario. A UserError says what is wrong with what was meant as a trace. */
export function openTrace(argument: string): TraceFile | undefined {
  if (shippedNames().includes(argument) || !isFile(argument)) return undefined
  const bytes = bytesOf(argument, mostBytes)
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b
  if (!isPacked && !isMeantAsTrace(Buffer.from(bytes))) return undefined
  const result = readTrace(isPacked ? unpacked(argument, bytes) : Buffer.from(bytes).toString())
  if ('problem' in result) throw noTrace(argument, result.problem)
  return {name: basename(argument), bytes, trace: result.trace}
}

const isFile = (path: string): boolean => statSync(path, {throwIfNoEntry: false})?.isFile() === true

/** A scenario may be written as JSON too, but then it has tiers. */
function isMeantAsTrace(bytes: Buffer): boolean {
  if (!/^\s*\{\s*"/.test(bytes.toString('latin1', 0, 1000))) return false
  try {
    return !('tiers' in JSON.parse(bytes.toString()))
  } catch {
    return bytes.toString('latin1', 0, 1000).includes('"$schema"')
  }
}

function unpacked(file: string, bytes: Uint8Array): string {
  try {
    return gunzipSync(bytes, {maxOutputLength: mostBytes}).toString()
  } catch (error) {
    const isTooLarge = error instanceof RangeError
    const size = `it holds more than ${mostBytes / megabyte} MiB, the most that a page can show`
    throw noTrace(file, isTooLarge ? size : 'it is cut short, or is no gzip file')
  }
}

const noTrace = (file: string, problem: string) => new UserError(`cannot show ${file} as a trace: ${problem}`)
