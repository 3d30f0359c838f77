import {DesignMistake} from '../../experiment/design/mistake.ts'
import type {Ask, Plan, Planned} from '../../experiment/plan.ts'
import {planOf} from '../../experiment/plan.ts'
import {addressOf} from '../pool/address.ts'
import {UserError} from '../user-error.ts'

/** A cell of a sweep with its address, by which its row is known. */
export interface Addressed extends Planned {
  readonly address: string
}

export interface AddressedPlan extends Plan {
  readonly cells: readonly Addressed[]
}

/** Throws a UserError at what cannot be laid out. */
export function addressedPlan(ask: Ask): AddressedPlan {
  const plan = mistaken(() => planOf(ask))
  return {...plan, cells: plan.cells.map(it => ({...it, address: addressOf(it.cell)}))}
}

/** What cannot be laid out is the user's mistake. */
export function mistaken<T>(action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw error instanceof DesignMistake ? new UserError(error.message) : error
  }
}

/** Cells that are to be run: those without a row, each once. All points come with the first seed, then with the second. */
export function missing(cells: readonly Addressed[], done: {has(address: string): boolean}): readonly Addressed[] {
  const each = new Map(cells.filter(({address}) => !done.has(address)).map(it => [it.address, it]))
  return [...each.values()].toSorted((a, b) => a.seed - b.seed)
}
