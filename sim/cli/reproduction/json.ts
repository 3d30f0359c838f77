import type {Estimate} from '../../experiment/estimate.ts'
import type {Conclusion, Finding} from '../../reproduction/conclusion.ts'

/** Which seeds there were: so many, from the first one on. */
export interface Seeds {
  readonly seed: number
  readonly seeds: number
}

/** Conclusions for another program; numbers are in the units of their claims. */
export const json = (conclusions: readonly Conclusion[], {seed, seeds}: Seeds) => ({
  schema: 'zdr-reproduction/1',
  seed,
  seeds,
  targets: conclusions.map(targetJson),
})

const targetJson = ({subject, verdict, missing, target, findings, numbers, bands}: Conclusion) => ({
  id: subject.id,
  title: subject.title,
  strength: subject.strength,
  published: subject.published,
  verdict,
  ...(missing !== '' && {missing}),
  ...(target?.lacks !== undefined && {lacks: target.lacks}),
  ...(target?.remark !== undefined && {remark: target.remark}),
  claims: findings.map(claimJson),
  numbers: Object.fromEntries(Object.entries(numbers).map(([name, it]) => [name, interval(it)])),
  curves: Object.fromEntries(
    Object.entries(bands).map(([name, {at, estimates}]) => [
      name,
      {at, mean: estimates.map(({mean}) => mean), half: estimates.map(({half}) => half)},
    ]),
  ),
})

const claimJson = ({claim: {digits: _, ...claim}, strength, estimate, state}: Finding) => ({
  ...claim,
  strength,
  ...interval(estimate),
  state,
})

const interval = ({mean, half}: Estimate) => ({mean, half})
