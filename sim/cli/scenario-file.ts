import {basename, dirname, isAbsolute, join} from 'node:path'
import {nearest} from '../scenario/nearest.ts'
import {megabyte, textOf} from './input-file.ts'
import {shippedFile, shippedNames} from './package-folder.ts'

export interface ScenarioFile {
  /** As messages call it. */
  readonly file: string
  readonly name: string
  readonly text: string
  /** Reads a file that the scenario names, beside which it lies. */
  readonly read: (path: string) => string
  /** The texts of those that it has read, by the paths that it has for them. */
  readonly files: ReadonlyMap<string, string>
}

const largest = {scenario: megabyte, data: 16 * megabyte}

/** Opens a scenario by its path, or by its name if the package ships it. A path is what has a slash or an ending. */
export function openScenario(argument: string): ScenarioFile {
  const isShipped = shippedNames().includes(argument)
  const file = isShipped ? shippedFile(argument) : argument
  const files = new Map<string, string>()
  return {
    file: isShipped ? `scenarios/${basename(file)}` : argument,
    name: basename(file).replace(/\.[^.]*$/, ''),
    text: textOf(file, largest.scenario, () => suggestion(argument)),
    read(path) {
      const text = files.get(path) ?? textOf(isAbsolute(path) ? path : join(dirname(file), path), largest.data)
      files.set(path, text)
      return text
    },
    files,
  }
}

/** The shipped scenario that was meant, if one is near; all of them, if a name was meant and not a path. */
function suggestion(wanted: string): string {
  const shipped = shippedNames()
  const near = nearest(basename(wanted).replace(/\.[^.]*$/, ''), shipped)
  if (near !== undefined) return `\ndid you mean the shipped scenario ${near}?`
  return /[/\\.]/.test(wanted) ? '' : `\nshipped scenarios: ${shipped.join(', ')}`
}
