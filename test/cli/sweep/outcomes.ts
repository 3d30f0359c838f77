import {addressedPlan} from '../../../sim/cli/sweep/plan.ts'
import {type Outcome, outcomeOf} from '../../../sim/cli/sweep/sweep.ts'
import type {Ask} from '../../../sim/experiment/plan.ts'
import type {Row} from '../../../sim/experiment/row.ts'
import {cellWith} from '../../experiment/cells.ts'

export const ask: Ask = {
  scenario: cellWith().scenario,
  set: [],
  vary: ['tiers.edge.hosts=2,3', 'release.edge.options.pause=1s..2m:3'],
  design: 'grid',
  strategies: [null, {word: 'graceful-drain', name: 'graceful-drain'}],
  seed: 1,
  replications: 2,
  measures: ['disruption.fraction', 'release.duration'],
}

/** A sweep whose rows are made up: `rowOf` says which. */
export function outcomeWith(
  rowOf: (place: {way: number; point: number; seed: number}) => Row,
  parts: Partial<Ask> = {},
): Outcome {
  const plan = addressedPlan({...ask, ...parts})
  const rows = new Map(plan.cells.map(cell => [cell.address, rowOf(cell)]))
  return outcomeOf({ask: {...ask, ...parts}, plan, rows, folder: 'out', made: 0})
}

/** A row of a few numbers. */
export const rowWith = (numbers: Readonly<Record<string, number | null>>): Row => ({
  numbers,
  strategies: {edge: 'hard-restart'},
  warnings: [],
})
export const failed: Row = {error: 'strategy "x", failed:\nat line 7', blame: 'strategy', repeat: 'zdr run small.yaml'}
