import type {Duration} from '../time.ts'
import {checkPositive, type Distribution, law} from './distribution.ts'

type ParetoOptions = {shape: number} & ({minimum: Duration} | {mean: Duration})

/**
 * The chance of exceeding x falls as x^-shape from `minimum` on. With shape <= 1 the mean is infinite: then there is no
 * steady state, and no residual. Its length-biased law is Pareto with shape - 1.
 */
export function pareto(options: ParetoOptions): Distribution {
  const {shape} = options
  checkPositive('pareto', 'the shape', shape)
  const minimum = minimumOf(options)
  checkPositive('pareto', 'the minimum', minimum)
  const mean = shape > 1 ? (shape * minimum) / (shape - 1) : Infinity
  return law({
    kind: 'pareto',
    given: [options],
    mean,
    survival: x => (x < minimum ? 1 : (minimum / x) ** shape),
    draw: random => minimum * Math.exp(random.exponentialFloat() / shape),
    drawLengthBiased: random => {
      checkMean(shape)
      return minimum * Math.exp(random.exponentialFloat() / (shape - 1))
    },
    residualSurvival: x => {
      checkMean(shape)
      return x < minimum ? 1 - x / mean : (minimum / x) ** (shape - 1) / shape
    },
  })
}

function minimumOf(options: ParetoOptions): Duration {
  if ('minimum' in options) return options.minimum
  const {shape, mean} = options
  if (shape <= 1)
    throw new RangeError(`pareto: with shape ${shape} there is no mean; a shape above 1 or a minimum would do`)
  return (mean * (shape - 1)) / shape
}

function checkMean(shape: number): void {
  if (shape <= 1)
    throw new RangeError(`pareto: with shape ${shape} the mean is infinite, so there is no steady state to start in`)
}
