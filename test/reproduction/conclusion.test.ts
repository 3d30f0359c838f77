import {describe, expect, test} from 'vitest'
import {absent, conclude, fallsShort} from '../../sim/reproduction/conclusion.ts'
import type {Target} from '../../sim/reproduction/target.ts'
import {reading, sample} from './sample.ts'

const concluded = (about: Partial<Target>, ...apples: number[]) => conclude(sample(about), apples.map(reading))
const wrong = [12, 12.1, 12.2]
const right = [9.9, 10, 10.1]

describe('a verdict', () => {
  test('is reproduced if whole intervals lie within their bounds', () => {
    const conclusion = concluded({}, ...right)
    expect(conclusion.verdict).toBe('reproduced')
    expect(fallsShort(conclusion)).toBe(false)
  })

  test('is short if a mean lies outside, or so near to a bound that chance may have put it inside', () => {
    expect(concluded({}, ...wrong).verdict).toBe('short')
    // The mean is 10.9, and the interval reaches beyond 11.
    const near = concluded({}, 10.8, 10.9, 11)
    expect(near.findings[0]!.estimate.mean).toBeCloseTo(10.9)
    expect(near.verdict).toBe('short')
  })

  test('falls short of a published value only where that was seen in a source', () => {
    const verdicts = (['A', 'B', 'C'] as const).map(strength => concluded({strength}, ...wrong))
    expect(verdicts.map(({verdict}) => verdict)).toEqual(['short', 'short', 'recalled only'])
    expect(verdicts.map(fallsShort)).toEqual([true, false, false])
  })

  test('goes by the strength of a claim where that has one of its own', () => {
    const claims = [{...sample().claims[0]!, strength: 'B' as const}]
    expect(concluded({claims}, ...wrong)).toMatchObject({verdict: 'short', findings: [{strength: 'B', holds: false}]})
    expect(fallsShort(concluded({claims}, ...wrong))).toBe(false)
    expect(concluded({claims, strength: 'C'}, ...wrong).verdict).toBe('short')
  })

  test('is recalled only where nothing of it was seen, however well it fits', () => {
    expect(concluded({strength: 'C'}, ...right).verdict).toBe('recalled only')
  })

  test('is short where something would have to be shown and cannot be', () => {
    const conclusion = concluded({lacks: 'pears'}, ...right)
    expect(conclusion.verdict).toBe('short')
    expect(fallsShort(conclusion)).toBe(true)
    expect(fallsShort(concluded({lacks: 'pears', strength: 'B'}, ...right))).toBe(false)
  })

  test('is not simulated, and nothing is claimed, where the simulator lacks a mechanism', () => {
    const conclusion = absent({...sample(), missing: 'There are no trees.'})
    expect(conclusion).toMatchObject({verdict: 'not simulated', missing: 'There are no trees.', findings: []})
    expect(fallsShort(conclusion)).toBe(false)
  })
})

test('curves are estimated at each of their places', () => {
  const {bands} = concluded({}, 9, 10, 11)
  expect(bands.fall!.at).toEqual([0, 1, 2])
  expect(bands.fall!.estimates.map(({mean}) => mean)).toEqual([10, 9, 8])
})
