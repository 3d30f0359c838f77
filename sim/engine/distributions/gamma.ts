import {logGamma, upperGamma} from '../gamma-function.ts'
import type {Duration} from '../time.ts'
import {checkPositive, type Distribution, law} from './distribution.ts'

/** The sum of `shape` exponentials, for any shape above 0. Its length-biased law is gamma with shape + 1. */
export function gamma({mean, shape}: {mean: Duration; shape: number}): Distribution {
  checkPositive('gamma', 'the mean', mean)
  checkPositive('gamma', 'the shape', shape)
  const scale = mean / shape
  return law({
    kind: 'gamma',
    given: [{mean, shape}],
    mean,
    survival: x => upperGamma(shape, x / scale),
    draw: random => random.gamma(shape) * scale,
    drawLengthBiased: random => random.gamma(shape + 1) * scale,
    residualSurvival: x => Math.max(0, upperGamma(shape + 1, x / scale) - (x / mean) * upperGamma(shape, x / scale)),
  })
}

/** Hazard falls with age below shape 1 and rises above it. (X / scale)^shape is exponential; length-biased, gamma(1 + 1/shape). */
export function weibull({mean, shape}: {mean: Duration; shape: number}): Distribution {
  checkPositive('weibull', 'the mean', mean)
  checkPositive('weibull', 'the shape', shape)
  if (shape < 0.05)
    throw new RangeError(`weibull: the shape is 0.05 or more, not ${shape}; half of the durations would be nothing`)
  const scale = mean / Math.exp(logGamma(1 + 1 / shape))
  return law({
    kind: 'weibull',
    given: [{mean, shape}],
    mean,
    survival: x => Math.exp(-((x / scale) ** shape)),
    draw: random => random.exponentialFloat() ** (1 / shape) * scale,
    drawLengthBiased: random => random.gamma(1 + 1 / shape) ** (1 / shape) * scale,
    residualSurvival: x => upperGamma(1 / shape, (x / scale) ** shape),
  })
}
