import {heatMap} from '../page/heat/page.ts'
import {columnsOf} from './columns.ts'
import type {SweepFolder} from './folder.ts'
import {type Format, formats as writers} from './formats.ts'
import type {Outcome} from './sweep.ts'

export const page = 'heat-map.html'
export const tableIn = <F extends Format>(format: F) => `rows.${format}` as const

/** Writes the table of all runs, and the page. They are the same bytes whoever made the runs, and in whatever order. */
export function writeOutputs(folder: SweepFolder, outcome: Outcome, formats: readonly Format[]): void {
  const columns = columnsOf(outcome)
  for (const format of formats) folder.put(tableIn(format), writers[format](columns))
  folder.put(page, heatMap(outcome))
}
