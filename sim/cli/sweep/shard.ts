import {UserError} from '../user-error.ts'
import type {Addressed} from './plan.ts'

/** One of so many parts of a sweep, from 1 on. */
export interface Shard {
  readonly part: number
  readonly of: number
}

const mostParts = 10_000

/** Reads `2/8`. Throws a UserError. */
export function shardOf(text: string): Shard {
  const [, part, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text)?.map(Number) ?? []
  if (part !== undefined && of !== undefined && part >= 1 && part <= of && of <= mostParts) return {part, of}
  throw new UserError(`--shard wants K/N, as 1/8 to 8/8, not '${text}'`)
}

/** Whether a cell is of a part: by its address, so that it stays there whatever is added to the sweep. */
export const isIn = ({part, of}: Shard, {address}: Addressed): boolean =>
  Number.parseInt(address.slice(0, 12), 16) % of === part - 1
