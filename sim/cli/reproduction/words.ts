import type {Estimate} from '../../experiment/estimate.ts'
import type {State, Verdict} from '../../reproduction/conclusion.ts'
import type {Claim, Published} from '../../reproduction/target.ts'
import {decimal} from '../../words/figures.ts'

/** Decimals as a claim wants them. */
type Manner = Pick<Claim, 'digits' | 'unit'>

const withUnit = (text: string, unit: string) => (unit === '' ? text : `${text} ${unit}`)

/** The mean and half its interval: 80.0 ± 0.3 %. */
export const interval = ({mean, half}: Estimate, {digits, unit}: Manner): string =>
  withUnit(`${decimal(mean, digits)} ± ${decimal(half, digits)}`, unit)

/** Bounds in words: 79 to 81 %, at least 98 %. */
export function bounds({atLeast, atMost, unit}: Claim): string {
  if (atLeast === undefined && atMost === undefined) return ''
  if (atLeast === undefined) return withUnit(`at most ${atMost}`, unit)
  if (atMost === undefined) return withUnit(`at least ${atLeast}`, unit)
  return withUnit(atLeast === atMost ? `${atLeast}` : `${atLeast} to ${atMost}`, unit)
}

export const publishedValue = ({published, unit}: Claim): string =>
  typeof published === 'number' ? withUnit(`${published}`, unit) : (published ?? '')

export const standing = ({standing, source}: Published): string =>
  standing === 'seen' ? `seen: ${source}` : `recalled, not seen: ${source}`

/** A sign beside colour, so that nobody needs the colour. */
export const verdictSigns: Readonly<Record<Verdict, string>> = {
  reproduced: '●',
  undecided: '?',
  short: '▲',
  'recalled only': '◇',
  'not simulated': '–',
}

/** What came of a target, and what to do where it is not settled. */
export const advised = (verdict: Verdict): string => (verdict === 'undecided' ? 'undecided: more seeds' : verdict)

export const stateSigns: Readonly<Record<State, string>> = {holds: '✓', undecided: '?', missed: '✗'}

/** What follows from where an interval lies, for whoever reads the signs. */
export const rule =
  'A claim holds (✓) if its whole 95 % interval lies within the bounds, and is missed (✗) if it lies wholly outside. Between the two it is undecided (?): the simulation does not contradict it, but more seeds (--seeds) are needed to tell.'

/** How many there are of each verdict, those that there are: 7 reproduced, 1 short. */
export function tally(verdicts: readonly Verdict[]): string {
  const kinds = Object.keys(verdictSigns) as Verdict[]
  const counts = kinds.map(kind => [verdicts.filter(it => it === kind).length, kind] as const)
  return counts.flatMap(([count, kind]) => (count === 0 ? [] : [`${count} ${kind}`])).join(', ')
}
