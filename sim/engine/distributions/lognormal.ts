import {normalSurvival} from '../gamma-function.ts'
import type {Duration} from '../time.ts'
import {checkPositive, type Distribution, law} from './distribution.ts'

/** `sigma` is the standard deviation of the logarithm. Its length-biased law is lognormal too, with μ + σ² for μ. */
export function lognormal({mean, sigma}: {mean: Duration; sigma: number}): Distribution {
  checkPositive('lognormal', 'the mean', mean)
  checkPositive('lognormal', 'sigma', sigma)
  const mu = Math.log(mean) - (sigma * sigma) / 2
  const above = (x: number, location: number) => normalSurvival((Math.log(x) - location) / sigma)
  return law({
    kind: 'lognormal',
    given: [{mean, sigma}],
    mean,
    survival: x => above(x, mu),
    draw: random => Math.exp(mu + sigma * random.normal()),
    drawLengthBiased: random => Math.exp(mu + sigma * (sigma + random.normal())),
    residualSurvival: x => Math.max(0, above(x, mu + sigma * sigma) - (x / mean) * above(x, mu)),
  })
}
