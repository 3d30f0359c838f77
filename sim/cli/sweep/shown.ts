import type {Data} from '../../experiment/data.ts'
import {type Estimate, estimate} from '../../experiment/estimate.ts'
import {measureNamed} from '../../experiment/measure.ts'
import {numberIn, type Result} from '../../experiment/row.ts'
import type {Measure} from '../../words/measures.ts'
import {asDurations, asPercents, type Styling} from '../../words/rows.ts'

/** A measure that tables and pages show. */
export interface Shown {
  readonly name: string
  readonly head: string
  readonly styling: Styling
  readonly better: Measure['better']
}

/** What one decides by. */
const usual: readonly Shown[] = [
  {name: 'disruption.fraction', head: 'disrupted', styling: asPercents(3), better: 'lower'},
  {name: 'capacity.min', head: 'lowest capacity', styling: asPercents(1), better: 'higher'},
  {name: 'release.duration', head: 'release', styling: asDurations, better: 'lower'},
]

export const usualMeasures: readonly string[] = usual.map(({name}) => name)

/** How to show a measure, or what is wrong with its name. `data` is the scenario as plain data. */
export function shownAs(word: string, data: Data): Shown | string {
  const asked = measureNamed(word, data)
  if (typeof asked === 'string') return asked
  const {name, styling, better} = asked
  return usual.find(it => it.name === name) ?? {name, styling, better, head: name}
}

/** Nothing is known of the mean where a run has no such number, or there is no run. */
export function estimateOf(results: readonly Result[], name: string): Estimate | undefined {
  const values = results.map(result => numberIn(result, name) ?? null)
  return values.length === 0 || values.includes(null) ? undefined : estimate(values.map(Number))
}

/** The last step of each path, or as many as tell it from the others. */
export function shortNames(paths: readonly string[]): string[] {
  const last = (path: string, steps: number) => path.split('.').slice(-steps).join('.')
  return paths.map(path => {
    let steps = 1
    while (paths.some(other => other !== path && last(other, steps) === last(path, steps))) steps++
    return last(path, steps)
  })
}
