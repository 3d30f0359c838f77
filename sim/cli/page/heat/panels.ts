import {isFailure} from '../../../experiment/row.ts'
import {estimateOf, type Shown, shortNames} from '../../sweep/shown.ts'
import {type Outcome, resultsAt, rowsAt, wayName} from '../../sweep/sweep.ts'
import {isFinishedAt} from '../../sweep/unfinished.ts'
import type {Panel, PanelAxis, Spot} from './panel.ts'

/** More would be no picture any more. */
export const mostPanels = 24

/** A panel for each way, over the first two axes; of more axes, for each of their values. Taller than wide, as pages are. */
export function panelsOf(outcome: Outcome, shown: Shown): readonly Panel[] {
  const axes = outcome.plan.axes.map(({levels = []}, i) => ({levels, name: nameOf(outcome, i)}))
  const [first = only, second = only, ...others] = axes
  const isTall = first.levels.length >= second.levels.length
  const rest = others.reduce<readonly (readonly number[])[]>(
    (places, {levels}) => places.flatMap(place => levels.map((_, i) => [...place, i])),
    [[]],
  )
  return outcome.ask.strategies.flatMap((choice, way) =>
    rest.map((place): Panel => {
      const more = place.map((at, i) => `${others[i]!.name} ${others[i]!.levels[at]}`)
      const at = (one: number, two: number) => spotAt(outcome, shown, way, pointAt(axes, [one, two, ...place]))
      return {
        title: [wayName(choice), ...more].join(' · '),
        across: isTall ? second : first,
        down: isTall ? first : second,
        spot: (across, down) => (isTall ? at(down, across) : at(across, down)),
      }
    }),
  )
}

const only: PanelAxis = {name: '', levels: ['']}

const nameOf = ({plan}: Outcome, axis: number): string => shortNames(plan.axes.map(({path}) => path))[axis]!

/** The place of a point of a grid, whose last axis goes round first. */
const pointAt = (axes: readonly PanelAxis[], places: readonly number[]): number =>
  axes.reduce((point, {levels}, i) => point * levels.length + places[i]!, 0)

export function spotAt(outcome: Outcome, {name}: Shown, way: number, point: number): Spot {
  const failed = rowsAt(outcome, way, point).filter(isFailure).length
  const estimate = estimateOf(resultsAt(outcome, way, point), name)
  return {estimate, failed, isFinished: isFinishedAt(outcome, way, point)}
}
