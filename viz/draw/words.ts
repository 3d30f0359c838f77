import type {Duration} from '../../sim/engine/time.ts'
import {inWords} from '../../sim/words/figures.ts'

export {clockText} from '../../sim/words/clock.ts'

/** A stretch of time for a sentence: 41 min, 3.5 s. */
export const spanText = (duration: Duration): string => inWords(duration / 1_000_000)

/** So many things: 1 session, 12 sessions. */
export const many = (count: number, one: string, more = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : more}`
