import type {Distribution} from '../engine/distributions.ts'
import {type Duration, seconds} from '../engine/time.ts'

/** So much of one is lost in sums of fractions, and is no reason to find something. */
export const rounding = 1e-9

/** What is longer than this counts as never. */
const longest = 2 ** 52

/** The shortest duration that is exceeded with a chance of at most `chance`; Infinity if none is. */
export const exceededBy = (law: Pick<Distribution, 'survival'>, chance: number): Duration =>
  least(x => law.survival(x) <= chance)

/** The same of what is left of a duration that is under way at some instant. */
export const leftOver = (law: Distribution, chance: number): Duration => least(x => law.residualSurvival(x) <= chance)

/** 99.9 % are through by then. */
export const nearlyAll = (law: Distribution): Duration => exceededBy(law, 0.001)

/** The greatest share of durations that fall into the same second. */
export function inOneSecond(law: Pick<Distribution, 'survival'>): number {
  const end = Math.min(exceededBy(law, 0.01), seconds(3_600))
  const step = Math.max(1, Math.min(seconds(0.1), end / 1_000))
  let most = 0
  for (let x = -step; x <= end; x += step) most = Math.max(most, law.survival(x) - law.survival(x + seconds(1)))
  return Math.min(1, most)
}

/** The least of rising durations for which something holds, by bisection over whole microseconds. */
function least(holds: (x: Duration) => boolean): Duration {
  if (!holds(longest)) return Infinity
  let [low, high] = [-1, longest]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}

/** Rounded up to what one would write: whole seconds, and below one whole milliseconds. */
export function roundedUp(duration: Duration): Duration {
  const unit = duration <= seconds(1) ? 1_000 : 1_000_000
  return Math.ceil(duration / unit) * unit
}
