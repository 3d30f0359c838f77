import type {Course} from '../../draw/course.ts'
import type {Recording} from '../../recording/recording.ts'

type Measured = (recording: Recording) => Course

/** A column as it stands. Quantiles of nothing are written as 0, and are none. */
export const level =
  ([name]: readonly string[]): Measured =>
  recording => {
    const {width, columns} = recording.series
    const values = columns[name!] ?? new Float64Array(bucketsOf(recording))
    return {width, values: /\.p\d+$/.test(name!) ? values.map(it => (it > 0 ? it : Number.NaN)) : values}
  }

/** How many there were in a second of each bucket, of several columns together. */
export const rate =
  (names: readonly string[]): Measured =>
  recording => {
    const {width, values} = total(recording, names)
    const last = values.length - 1
    return {
      width,
      values: values.map((it, k) => (it * 1e6) / (k === last ? recording.end - last * width : width)),
    }
  }

/** How many there have been until the end of each bucket. */
export const summed =
  (names: readonly string[]): Measured =>
  recording => {
    const {width, values} = total(recording, names)
    for (let k = 1; k < values.length; k++) values[k]! += values[k - 1]!
    return {width, values}
  }

/**
 * What the emptiest or the fullest of some hosts has, over the mean of all of them at the start, as `peakOverMean` of the
 * report has it; none where they had nothing then.
 */
export function balance(recording: Recording, hosts: readonly string[], which: 'min' | 'max'): Course {
  const {width, columns} = recording.series
  const own = hosts.map(name => columns[name])
  const at = (k: number) => own.map(column => column?.[k] ?? 0)
  const mean = at(0).reduce((a, b) => a + b, 0) / hosts.length
  const values = Float64Array.from({length: bucketsOf(recording)}, (_, k) =>
    mean > 0 ? Math[which](...at(k)) / mean : Number.NaN,
  )
  return {width, values}
}

/** All that some columns count. */
export const counted = ({series}: Recording, names: readonly string[]): number =>
  names.reduce((sum, name) => sum + (series.columns[name]?.reduce((a, b) => a + b, 0) ?? 0), 0)

function total(recording: Recording, names: readonly string[]): Course {
  const {width, columns} = recording.series
  const values = new Float64Array(bucketsOf(recording))
  for (const name of names)
    columns[name]?.forEach((it, k) => {
      values[k]! += it
    })
  return {width, values}
}

const bucketsOf = ({end, series}: Recording): number => Math.ceil(end / series.width)
