import * as v from 'valibot'
import type {Distribution} from '../engine/distributions.ts'
import * as laws from '../engine/distributions.ts'
import {isBeside, readDurations} from './durations-file.ts'
import {either, type Field, isMap, map, type Schema} from './map.ts'
import {duration} from './quantity.ts'

/** Reads a file by its path relative to the scenario's; throws an Error that says why it cannot. */
export type Read = (path: string) => string

/** A list of durations, or `{file: durations.csv}`. */
export function empirical(read: Read): Field<Distribution> {
  const file = map({file: [fileOf(read), 'A CSV file beside the scenario: a duration a line, or in the first column.']})
  const schema = either(
    isMap,
    v.pipe(
      file,
      v.transform(it => it.file),
    ),
    list,
  )
  return [v.pipe(schema, v.transform(laws.empirical)), 'One of the durations listed, each as likely as the others.']
}

const wantedList = 'a list of durations, not all of them 0'
const list: Schema<readonly number[]> = v.pipe(
  v.array(duration(), wantedList),
  v.minLength(1, wantedList),
  v.check(durations => durations.some(it => it > 0), wantedList),
)

function fileOf(read: Read): Schema<readonly number[]> {
  const wanted = 'the path of a CSV file beside the scenario or below it'
  return v.pipe(
    v.string(wanted),
    v.rawTransform(({dataset: {value: path}, addIssue, NEVER}) => {
      const durations = isBeside(path) ? readAll(read, path) : wanted
      if (typeof durations !== 'string') return durations
      addIssue({message: durations})
      return NEVER
    }),
  )
}

/** The durations of a file, or what kind of file would do. */
function readAll(read: Read, path: string): readonly number[] | string {
  try {
    const durations = readDurations(read(path))
    return typeof durations === 'string' ? `a file of durations such as 1.5s, one a line: ${durations}` : durations
  } catch (error) {
    return `a file that can be read: ${error instanceof Error ? error.message : String(error)}`
  }
}
