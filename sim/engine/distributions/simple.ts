import type {Duration} from '../time.ts'
import {checkPositive, type Distribution, forever, law} from './distribution.ts'

/** Always `duration`; Infinity is `forever`. */
export function fixed(duration: Duration): Distribution {
  if (duration === Infinity) return forever
  if (!(duration >= 0)) throw new RangeError(`fixed: a duration is 0 or longer, not ${duration}`)
  return law({
    kind: 'fixed',
    given: [duration],
    mean: duration,
    survival: x => (x < duration ? 1 : 0),
    draw: () => duration,
    drawLengthBiased: () => duration,
    residualSurvival: x => Math.max(0, 1 - x / duration),
  })
}

/** Anywhere from `least` to `most`. */
export function uniform(least: Duration, most: Duration): Distribution {
  if (!(least >= 0 && most >= least && most < Infinity))
    throw new RangeError(`uniform: durations go from 0 or longer to something longer, not from ${least} to ${most}`)
  if (least === most) return fixed(least)
  const mean = (least + most) / 2
  const width = most - least
  const above = (x: number) => Math.max(0, most - Math.max(x, least))
  return law({
    kind: 'uniform',
    given: [least, most],
    mean,
    survival: x => above(x) / width,
    draw: random => least + random.fineUniform() * width,
    drawLengthBiased: random => Math.sqrt(least * least + random.fineUniform() * (most * most - least * least)),
    residualSurvival: x => (Math.max(0, least - x) + above(x) ** 2 / (2 * width)) / mean,
  })
}

/** Memoryless: what is left of it has the same law. */
export function exponential(mean: Duration): Distribution {
  if (mean === Infinity) return forever
  checkPositive('exponential', 'the mean', mean)
  const survival = (x: number) => Math.exp(-x / mean)
  return law({
    kind: 'exponential',
    given: [mean],
    mean,
    survival,
    draw: random => random.exponentialFloat() * mean,
    drawLengthBiased: random => (random.exponentialFloat() + random.exponentialFloat()) * mean,
    drawResidual: random => random.exponentialFloat() * mean,
    residualSurvival: survival,
  })
}
