import {asWritten} from '../../../sim/words/as-written.ts'
import {comparison} from '../../../sim/words/comparison.ts'
import type {Desk} from '../../desk/desk.ts'
import {letterOf} from '../../desk/run.ts'
import {h} from '../../draw/dom.ts'
import {sentenceFor} from '../overview/card.ts'
import {best, cellParts, grid} from './grid.ts'
import {type IntervalRow, intervals} from './intervals.ts'
import type {Reported} from './replications.ts'

/** A run with its report, and which of those on the desk it is. */
export interface Contestant {
  readonly index: number
  readonly run: Reported
}

/** The numbers of one seed side by side, as the command line prints them. */
export function compared(desk: Desk, contestants: readonly Contestant[]): HTMLElement {
  const contenders = contestants.map(({run: {lane, report}}) => ({strategy: lane.replace ?? asWritten, report}))
  const rows = comparison(contenders).rows.map(({head, cells}) => ({head, cells: cells.map(cellParts)}))
  return grid('The runs compared', heads(desk, contestants), rows)
}

/** The same of several seeds: means with their intervals, and how much each differs from the first. */
export function comparedOverSeeds(
  desk: Desk,
  contestants: readonly Contestant[],
  reports: Parameters<typeof intervals>[0],
  estimate: Parameters<typeof intervals>[1],
): HTMLElement {
  const rows = intervals(reports, estimate).map(({head, cells}) => ({head, cells: cells.map(intervalParts)}))
  return grid('The runs compared over several seeds', heads(desk, contestants), rows)
}

function intervalParts({text, isBest, difference}: IntervalRow['cells'][number]): (Node | string)[] {
  const value = isBest ? best(text) : [text]
  if (difference === undefined) return value
  const kind = difference.isClear ? 'difference' : 'difference unclear'
  const doubt = difference.isClear || difference.text === 'the same' ? '' : ' ?'
  return [...value, h('span', {class: kind}, `${difference.text}${doubt}`)]
}

const heads = (desk: Desk, contestants: readonly Contestant[]): (readonly (Node | string)[])[] =>
  contestants.map(({index, run: {lane}}) => [
    h('span', {class: 'lane'}, `${letterOf(index)} ${lane.label}`),
    h('span', {class: 'about'}, sentenceFor(desk, lane)),
  ])
