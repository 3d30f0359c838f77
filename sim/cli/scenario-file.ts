import {closeSync, fstatSync, openSync, readSync} from 'node:fs'
import {basename, dirname, isAbsolute, join} from 'node:path'
import {nearest} from '../scenario/nearest.ts'
import {shippedFile, shippedNames} from './package-folder.ts'
import {fileProblem, UserError} from './user-error.ts'

export interface ScenarioFile {
  /** As messages call it. */
  readonly file: string
  readonly name: string
  readonly text: string
  /** Reads a file that the scenario names, beside which it lies. */
  readonly read: (path: string) => string
}

const megabyte = 2 ** 20
const largest = {scenario: megabyte, data: 16 * megabyte}

/** Opens a scenario by its path, or by its name if the package ships it. A path is what has a slash or an ending. */
export function openScenario(argument: string): ScenarioFile {
  const isShipped = shippedNames().includes(argument)
  const file = isShipped ? shippedFile(argument) : argument
  return {
    file: isShipped ? `scenarios/${basename(file)}` : argument,
    name: basename(file).replace(/\.[^.]*$/, ''),
    text: readText(file, largest.scenario, () => suggestion(argument)),
    read: path => readText(isAbsolute(path) ? path : join(dirname(file), path), largest.data),
  }
}

function readText(file: string, limit: number, advice = () => ''): string {
  try {
    return decoded(file, readBytes(file, limit))
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`cannot read ${file}: ${fileProblem(error)}${advice()}`)
  }
}

/** Reads what is there, not what the size says: a pipe has none, and a file may grow. */
function readBytes(file: string, limit: number): Uint8Array {
  const descriptor = openSync(file, 'r')
  try {
    const stat = fstatSync(descriptor)
    if (stat.isDirectory()) throw new UserError(`cannot read ${file}: is a folder`)
    if (stat.size > limit) throw tooLarge(file, limit)
    const bytes = new Uint8Array(limit + 1)
    let length = 0
    for (let got = -1; got !== 0 && length < bytes.length; length += got)
      got = readSync(descriptor, bytes, {offset: length})
    if (length > limit) throw tooLarge(file, limit)
    return bytes.subarray(0, length)
  } finally {
    closeSync(descriptor)
  }
}

const tooLarge = (file: string, limit: number) =>
  new UserError(`cannot read ${file}: it has more than ${limit / megabyte} MiB, the most that is read`)

function decoded(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes)
  } catch {
    throw new UserError(`cannot read ${file}: it is no text in UTF-8`)
  }
}

/** The shipped scenario that was meant, if one is near; all of them, if a name was meant and not a path. */
function suggestion(wanted: string): string {
  const shipped = shippedNames()
  const near = nearest(basename(wanted).replace(/\.[^.]*$/, ''), shipped)
  if (near !== undefined) return `\ndid you mean the shipped scenario ${near}?`
  return /[/\\.]/.test(wanted) ? '' : `\nshipped scenarios: ${shipped.join(', ')}`
}
