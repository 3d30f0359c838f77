import {cancel} from './cancel.ts'
import {engine} from './engine.ts'
import {hold, laws} from './hold.ts'
import type {Measured} from './measure.ts'
import {mm1} from './mm1.ts'
import * as simjs from './others/simjs.ts'
import {scripts} from './scripts.ts'

/** What can be measured, by the name of its reference in bench/reference; the words after it are both programs' arguments. */
export const programs: Readonly<Record<string, (...words: string[]) => Measured>> = {hold, engine, mm1, cancel, scripts}

export interface Case {
  readonly name: string
  readonly words: readonly string[]
  /** The least ratio, ours over the reference's rate, that issue 2 asks for. */
  readonly bar?: number
}

const sizes = ['1000', '100000', '1000000']

/** The bars are those of issue 2: hold 1.4 for exponential increments, 0.5 for any others; engine 1.0; M/M/1 0.7. */
export const cases: readonly Case[] = [
  ...laws.flatMap(law => sizes.map(size => made(law === 'exponential' ? 1.4 : 0.5, 'hold', law, size))),
  ...sizes.map(size => made(1, 'engine', size)),
  made(0.7, 'mm1'),
  made(undefined, 'cancel'),
  made(undefined, 'scripts'),
]

/** What others are measured by as well: models that every simulator can have. */
export const common: readonly (readonly string[])[] = [['hold', '1000'], ['hold', '100000'], ['mm1']]

/** Programs in other simulators that run here. */
export const foreign: typeof programs = {'simjs-hold': simjs.hold, 'simjs-mm1': simjs.mm1}

function made(bar: number | undefined, ...words: string[]): Case {
  return {name: words.join(' '), words, ...(bar !== undefined && {bar})}
}
