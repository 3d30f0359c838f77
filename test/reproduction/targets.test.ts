import {describe, expect, test} from 'vitest'
import {conclude} from '../../sim/reproduction/conclusion.ts'
import {families, replicate} from '../../sim/reproduction/replication.ts'
import type {Claim, Target} from '../../sim/reproduction/target.ts'
import {isSimulated, targets} from '../../sim/reproduction/targets.ts'
import {range} from '../oracles/statistics.ts'
import {shipped} from '../shipped.ts'

const simulated = targets.filter(isSimulated)
const seen = simulated.filter(({strength}) => strength === 'A')
const named = (these: readonly Target[]): [string, Target][] => these.map(target => [target.id, target])
const readings = (target: Target, seeds: number) => range(seeds).map(seed => replicate([target], seed + 1, shipped)[0]!)

test('there are sixteen targets, R1 to R16, in order', () => {
  expect(targets.map(({id}) => id)).toEqual(range(16).map(i => `R${i + 1}`))
})

test('targets with runs in common are replicated together, and no run is made twice', () => {
  const [one, two, three] = [['a', 'b'], ['c'], ['b', 'c']].map((names, i) => ({
    ...simulated[0]!,
    id: `R${i + 1}` as const,
    arms: Object.fromEntries(names.map(scenario => [scenario, {scenario}])),
  }))
  const ids = (...these: Target[]) => families(these).map(family => family.map(({id}) => id))
  expect(ids(one!, two!)).toEqual([['R1'], ['R2']])
  expect(ids(one!, two!, three!)).toEqual([['R1', 'R2', 'R3']])
  expect(ids(one!, three!, two!)).toEqual([['R1', 'R3', 'R2']])

  const opened: string[] = []
  const open = (name: string) => {
    opened.push(name)
    return shipped('accept-queue')
  }
  const read = () => ({numbers: {}, curves: {}})
  replicate(
    [
      {...one!, read},
      {...three!, read},
    ],
    1,
    open,
  )
  expect(opened).toEqual(['a', 'b', 'c'])
})

test('a recalled value never has strength A', () => {
  const bold = targets.filter(({published, strength}) => published.standing === 'recalled' && strength === 'A')
  expect(bold.map(({id}) => id)).toEqual([])
})

describe.each(named(simulated))('%s', (_, target) => {
  test('compares runs of shipped scenarios that differ in one thing', () => {
    for (const {scenario, set = []} of Object.values(target.arms)) {
      expect(set.length).toBeLessThanOrEqual(1)
      expect(shipped(scenario, set).name).toBe(scenario)
    }
  })

  test('tells apart what must hold, which something could fail', () => {
    const bounded = target.claims.filter(({atLeast, atMost}) => atLeast !== undefined || atMost !== undefined)
    expect(bounded.length).toBeGreaterThan(0)
  })

  test('has a figure, whose captions are one sentence', () => {
    expect(target.figures.length).toBeGreaterThan(0)
    for (const {caption} of target.figures) expect(caption).toMatch(/^([^.]|\.\d)+\.$/)
  })
})

/** `zdr reproduce` takes ten; two are enough where numbers hardly scatter. */
const seedsFor = (id: string): number => (id === 'R16' ? 3 : 2)

/** Of those whose numbers scatter, two replications say something of the mean, and nothing of its interval. */
const scattered = ['R2', 'R3']
const within = ({atLeast = -Infinity, atMost = Infinity}: Claim, mean: number): boolean =>
  mean >= atLeast && mean <= atMost

describe.each(named(seen.filter(({id}) => scattered.includes(id))))('%s, seen in a source,', (_, target) => {
  test('comes out within its bounds on average', () => {
    const {findings} = conclude(target, readings(target, 2))
    const missed = findings.filter(({claim, estimate}) => !within(claim, estimate.mean))
    expect(missed.map(({claim, estimate}) => [claim.about, estimate.mean])).toEqual([])
  })
})

describe.each(named(seen.filter(({id}) => !scattered.includes(id))))('%s, seen in a source,', (_, target) => {
  test('is reproduced', () => {
    const {verdict, findings} = conclude(target, readings(target, seedsFor(target.id)))
    const missed = findings.filter(({state}) => state !== 'holds').map(({claim, estimate}) => [claim.about, estimate])
    expect([verdict, ...missed]).toEqual(['reproduced'])
  })
})

describe.each(named(simulated.filter(({strength}) => strength !== 'A')))('%s', (_, target) => {
  test('reads every number and curve that it speaks of, and keeps what it claims with strength A', () => {
    const first = replicate([target], 1, shipped)[0]!
    const numbers = target.figures.flatMap(it => (it.kind === 'numbers' ? it.rows.map(({number}) => number) : []))
    const curves = target.figures.flatMap(it => (it.kind === 'curves' ? it.lines.map(({curve}) => curve) : []))
    for (const number of [...target.claims.map(it => it.number), ...numbers])
      expect([number, Number.isFinite(first.numbers[number])]).toEqual([number, true])
    const claims = target.claims.filter(({strength}) => strength === 'A')
    for (const claim of claims)
      expect([claim.about, within(claim, first.numbers[claim.number]!)]).toEqual([claim.about, true])
    for (const curve of curves) expect(first.curves[curve]?.value.every(Number.isFinite), curve).toBe(true)
  })
})
