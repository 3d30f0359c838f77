import {concise, count, decimal, inWords} from '../../../sim/words/figures.ts'

/** What the values of a chart are, and how they are told. */
export interface Unit {
  /** After the title. */
  readonly name: string
  /** In a sentence, with the unit. */
  readonly text: (value: number) => string
  /** On an axis. */
  readonly tick: (value: number) => string
}

export const shareOf = (whole: string): Unit => ({
  name: `% of ${whole}`,
  text: value => `${concise(value * 100)} %`,
  tick: value => `${concise(value * 100)} %`,
})
export const perSecond: Unit = {name: 'per second', text: value => `${concise(value)} /s`, tick: concise}
export const atATime: Unit = {name: 'at a time', text: count, tick: concise}
export const onAverage: Unit = {name: 'on average', text: value => decimal(value, 2), tick: concise}
export const soFar: Unit = {name: 'so far', text: count, tick: concise}
export const timesTheFirstMean: Unit = {
  name: 'times the mean at the start',
  text: value => `${decimal(value, 2)} ×`,
  tick: value => `${concise(value)} ×`,
}
export const time: Unit = {name: 'log scale', text: inWords, tick: inWords}
