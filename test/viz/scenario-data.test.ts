import {describe, expect, test} from 'vitest'
import * as laws from '../../sim/engine/distributions.ts'
import {Random} from '../../sim/engine/random.ts'
import {run} from '../../sim/run.ts'
import {written} from '../../viz/build/scenario-data.ts'
import {shipped} from '../shipped.ts'
import {filesBelow} from '../tidy/source.ts'

/** What a page makes of an expression that was written when it was built. */
const readBack = <T>(text: string): T => new Function('laws', `return ${text}`)(laws)

const {exponential, fixed, forever, lognormal, pareto, uniform} = laws
const every = [
  fixed(3),
  uniform(1, 9_000),
  exponential(9_000),
  lognormal({mean: 9_000, sigma: 1}),
  laws.weibull({mean: 9_000, shape: 0.5}),
  laws.gamma({mean: 9_000, shape: 0.4}),
  pareto({mean: 9_000, shape: 2.5}),
  pareto({minimum: 30, shape: 1.3}),
  laws.empirical([1, 5, 5, 120]),
  laws.mixture([
    {weight: 3, of: exponential(9_000)},
    {weight: 1, of: laws.mixture([{weight: 1, of: uniform(0, 7)}])},
  ]),
  forever,
]

describe('a scenario that the page was built with', () => {
  test.each(every.map(law => [law.kind, law] as const))('draws from a law that is written as %s', (_, law) => {
    const [own, other] = [new Random('one'), new Random('one')]
    const again = readBack<laws.Distribution>(written(law))
    expect(Array.from({length: 100}, () => again.sample(other))).toEqual(
      Array.from({length: 100}, () => law.sample(own)),
    )
  })

  test.each(filesBelow('scenarios', '.yaml'))('has all that is in %s', file => {
    const scenario = shipped(file.slice('scenarios/'.length, -'.yaml'.length))
    expect(written(readBack(written(scenario)))).toBe(written(scenario))
  })

  test('comes to the same report as its file', () => {
    const scenario = shipped('accept-queue')
    expect(run(readBack(written(scenario)))).toEqual(run(scenario))
  })

  test('is not built of what cannot be written', () => {
    expect(() => written({law: () => 1})).toThrow('nobody can write')
  })
})
