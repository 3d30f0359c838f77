import {inRoundSteps, type Quantity, quantityOf} from '../quantity.ts'
import {DesignMistake} from './mistake.ts'

/** Values between two ends, as a scenario file spells them. */
export interface Range {
  /** Where it was said, the values that lie evenly from one end to the other, both ends among them. */
  readonly levels?: readonly string[]
  readonly scale: 'linear' | 'log' | 'list'
  /** The value that has so much of the range below it, from 0 up to 1. */
  at(share: number): string
}

const form = /^([\w.%/-]+?)\.\.([\w.%/-]+)(?::(\d+))?(?::(\w+))?$/
/** Values of a grid are told to a thousandth of their range, others ten times finer. */
const grain = {grid: 1e3, fine: 1e4}
const mostLevels = 1000

/** Reads `1m..40m:8`, `1..512:10:log` or, without values of its own, `5%..20%`; undefined if the text is no range. */
export function rangeOf(text: string): Range | undefined {
  const [, from, to, count, scale = 'linear'] = form.exec(text) ?? []
  if (from === undefined || to === undefined || !/^-?\d/.test(from)) return undefined
  const quantity = quantityOf(from, to)
  if (quantity === undefined)
    throw new DesignMistake(`'${from}' and '${to}' are no two values of one kind, as in 1m..40m:8 or 5%..20%:4`)
  if (scale !== 'linear' && scale !== 'log') throw new DesignMistake(`'${scale}' is no scale; there are linear and log`)
  const ends: Ends = {from: quantity.parse(from)!, to: quantity.parse(to)!, quantity, scale}
  checkEnds(ends, text)
  return {
    scale,
    at: share => at(ends, share),
    ...(count !== undefined && {levels: levelsOf(ends, Number(count), text)}),
  }
}

interface Ends {
  readonly from: number
  readonly to: number
  readonly quantity: Quantity
  readonly scale: 'linear' | 'log'
}

function checkEnds({from, to, scale}: Ends, text: string): void {
  if (from >= to) throw new DesignMistake(`${text} goes from the smaller to the larger value, not so`)
  if (scale === 'log' && from <= 0) throw new DesignMistake(`${text}: there is no logarithm of what is not above 0`)
}

/** The value at a share of the way, told to so many parts of the range. */
function valueAt({from, to, quantity, scale}: Ends, share: number, parts: number): number {
  if (scale === 'linear') return inRoundSteps(quantity, from + (to - from) * share, (to - from) / parts)
  const value = from * (to / from) ** share
  return inRoundSteps(quantity, value, (value * Math.log(to / from)) / parts)
}

/** Ends of whole numbers come as often as those between them. */
function at(ends: Ends, share: number): string {
  const {from, to, quantity, scale} = ends
  if (!quantity.isWhole || scale === 'log') return quantity.format(valueAt(ends, share, grain.fine))
  return quantity.format(from + Math.floor(share * (to - from + 1)))
}

function levelsOf(ends: Ends, count: number, text: string): string[] {
  if (count < 2 || count > mostLevels) throw new DesignMistake(`${text} wants 2 to ${mostLevels} values, not ${count}`)
  const {from, to, quantity} = ends
  const inner = Array.from({length: count - 2}, (_, i) => valueAt(ends, (i + 1) / (count - 1), grain.grid))
  const levels = [from, ...inner, to].map(quantity.format)
  if (new Set(levels).size === count) return levels
  throw new DesignMistake(`${text} has fewer than ${count} different values${hint(quantity)}`)
}

const hint = ({isWhole}: Quantity) => (isWhole ? '; with a point in an end, as 1.0, they need not be whole' : '')
