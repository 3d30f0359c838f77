import {type Dataset, none} from './dataset.ts'
import type {Writes} from './writes.ts'

/** What became of the writes that clients know of: acknowledged = kept + lost + overwritten. */
export interface Survival {
  readonly acknowledged: number
  readonly kept: number
  /** Never applied to the dataset that is left. */
  readonly lost: number
  /** Applied, and then replaced by an older one. */
  readonly overwritten: number
  /** Commands that were applied twice, for their client had no answer and asked again. */
  readonly duplicated: number
  /** Keys that hold an older value than the newest that was acknowledged: what had been replaced is there again. */
  readonly resurrected: number
  /** Keys that have no value any more. */
  readonly missing: number
}

/** Holds every acknowledged write against the dataset that is left. */
export function survivalIn({history, values}: Dataset, writes: Writes): Survival {
  const held = new Float64Array(writes.keys)
  const times = new Map<number, number>()
  const replaced = new Set<number>()
  for (const serial of history) {
    const key = writes.keyOf(serial)
    const command = writes.commandOf(serial)
    if (held[key]! > serial) replaced.add(held[key]!)
    held[key] = serial
    times.set(command, (times.get(command) ?? 0) + 1)
  }
  const {acknowledged} = writes
  const lost = acknowledged.filter(serial => !times.has(writes.commandOf(serial))).length
  const overwritten = acknowledged.filter(serial => replaced.has(serial)).length
  const keys = [...values.keys()]
  return {
    acknowledged: acknowledged.length,
    kept: acknowledged.length - lost - overwritten,
    lost,
    overwritten,
    duplicated: [...times.values()].filter(count => count > 1).length,
    resurrected: keys.filter(key => values[key] !== none && values[key]! < writes.newestOf(key)).length,
    missing: keys.filter(key => values[key] === none).length,
  }
}
