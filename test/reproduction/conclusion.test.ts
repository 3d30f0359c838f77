import {describe, expect, test} from 'vitest'
import {absent, conclude, leavesOpen} from '../../sim/reproduction/conclusion.ts'
import type {Target} from '../../sim/reproduction/target.ts'
import {reading, sample} from './sample.ts'

const concluded = (about: Partial<Target>, ...apples: number[]) => conclude(sample(about), apples.map(reading))
const wrong = [12, 12.1, 12.2]
const right = [9.9, 10, 10.1]

describe('a verdict', () => {
  test('is reproduced if whole intervals lie within their bounds', () => {
    const conclusion = concluded({}, ...right)
    expect(conclusion.verdict).toBe('reproduced')
    expect(leavesOpen(conclusion)).toBe(false)
  })

  test('is short if a whole interval lies outside, above or below', () => {
    for (const these of [wrong, [7, 7.1, 7.2]])
      expect(concluded({}, ...these)).toMatchObject({verdict: 'short', findings: [{state: 'missed'}]})
  })

  test('is undecided if an interval lies on both sides of a bound, wherever its mean is', () => {
    // The means are 10.9, 11.1, 9.1 and 10, and the intervals reach beyond 11 or 9, the last one beyond both.
    for (const these of [
      [10.8, 10.9, 11],
      [11, 11.1, 11.2],
      [9, 9.1, 9.2],
      [5, 10, 15],
    ])
      expect(concluded({}, ...these)).toMatchObject({verdict: 'undecided', findings: [{state: 'undecided'}]})
  })

  test('counts a bound as inside', () => {
    expect(concluded({}, 11, 11, 11)).toMatchObject({verdict: 'reproduced', findings: [{state: 'holds'}]})
  })

  test('leaves open what is undecided as much as what is missed, if it was seen in a source', () => {
    const verdicts = (['A', 'B', 'C'] as const).map(strength => concluded({strength}, 5, 10, 15))
    expect(verdicts.map(({verdict}) => verdict)).toEqual(['undecided', 'undecided', 'recalled only'])
    expect(verdicts.map(leavesOpen)).toEqual([true, false, false])
  })

  test('is short if one thing is missed and another undecided', () => {
    const [claim] = sample().claims
    const claims = [claim!, {...claim!, atLeast: 100, atMost: 110}]
    const {verdict, findings} = concluded({claims}, 10.8, 10.9, 11)
    expect([verdict, ...findings.map(({state}) => state)]).toEqual(['short', 'undecided', 'missed'])
  })

  test('falls short of a published value only where that was seen in a source', () => {
    const verdicts = (['A', 'B', 'C'] as const).map(strength => concluded({strength}, ...wrong))
    expect(verdicts.map(({verdict}) => verdict)).toEqual(['short', 'short', 'recalled only'])
    expect(verdicts.map(leavesOpen)).toEqual([true, false, false])
  })

  test('goes by the strength of a claim where that has one of its own', () => {
    const claims = [{...sample().claims[0]!, strength: 'B' as const}]
    expect(concluded({claims}, ...wrong)).toMatchObject({
      verdict: 'short',
      findings: [{strength: 'B', state: 'missed'}],
    })
    expect(leavesOpen(concluded({claims}, ...wrong))).toBe(false)
    expect(concluded({claims, strength: 'C'}, ...wrong).verdict).toBe('short')
  })

  test('is recalled only where nothing of it was seen, however well it fits', () => {
    expect(concluded({strength: 'C'}, ...right).verdict).toBe('recalled only')
  })

  test('is short where something would have to be shown and cannot be', () => {
    const conclusion = concluded({lacks: 'pears'}, ...right)
    expect(conclusion.verdict).toBe('short')
    expect(leavesOpen(conclusion)).toBe(true)
    expect(leavesOpen(concluded({lacks: 'pears', strength: 'B'}, ...right))).toBe(false)
  })

  test('is not simulated, and nothing is claimed, where the simulator lacks a mechanism', () => {
    const conclusion = absent({...sample(), missing: 'There are no trees.'})
    expect(conclusion).toMatchObject({verdict: 'not simulated', missing: 'There are no trees.', findings: []})
    expect(leavesOpen(conclusion)).toBe(false)
  })
})

test('curves are estimated at each of their places', () => {
  const {bands} = concluded({}, 9, 10, 11)
  expect(bands.fall!.at).toEqual([0, 1, 2])
  expect(bands.fall!.estimates.map(({mean}) => mean)).toEqual([10, 9, 8])
})
