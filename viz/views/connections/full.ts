import type {Time} from '../../../sim/engine/time.ts'
import type {Recording} from '../../recording/recording.ts'

/** When the last life of a sample began that has no room for more; undefined if nothing is missing. Rows are in order of `from`. */
export const fullAt = ({lives}: Pick<Recording, 'lives'>): Time | undefined =>
  lives.total > lives.from.length ? lives.from.at(-1) : undefined
