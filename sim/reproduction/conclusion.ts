import {type Estimate, estimate} from './estimate.ts'
import type {Absent, Claim, Reading, Strength, Subject, Target} from './target.ts'

/**
 * reproduced      everything that must hold holds
 * short           something does not, or cannot be shown
 * recalled only   what was published is known from memory alone, so that nothing is proved
 * not simulated   the simulator has not what it takes
 */
export type Verdict = 'reproduced' | 'short' | 'recalled only' | 'not simulated'

export interface Finding {
  readonly claim: Claim
  readonly strength: Strength
  readonly estimate: Estimate
  readonly holds: boolean
}

/** A curve with what replications say of each of its values. */
export interface Band {
  readonly at: readonly number[]
  readonly estimates: readonly Estimate[]
}

/** What came of a target. */
export interface Conclusion {
  readonly subject: Subject
  readonly verdict: Verdict
  /** Why it is not simulated; empty where it is. */
  readonly missing: string
  readonly target?: Target
  readonly findings: readonly Finding[]
  readonly numbers: Readonly<Record<string, Estimate>>
  readonly bands: Readonly<Record<string, Band>>
}

export const absent = (subject: Absent): Conclusion => ({
  subject,
  verdict: 'not simulated',
  missing: subject.missing,
  findings: [],
  numbers: {},
  bands: {},
})

/** Folds the readings of several replications, in the order of their seeds, into a verdict. */
export function conclude(target: Target, readings: readonly Reading[]): Conclusion {
  const first = readings[0]!
  const numbers = Object.keys(first.numbers).map(
    name => [name, estimate(readings.map(it => it.numbers[name]!))] as const,
  )
  const bands = Object.keys(first.curves).map(name => [name, bandOf(name, readings)] as const)
  const estimates = Object.fromEntries(numbers)
  const findings = target.claims.map(claim => finding(claim, target.strength, estimates[claim.number]!))
  return {
    subject: target,
    verdict: verdictOn(target, findings),
    missing: '',
    target,
    findings,
    numbers: estimates,
    bands: Object.fromEntries(bands),
  }
}

function bandOf(name: string, readings: readonly Reading[]): Band {
  const curves = readings.map(({curves}) => curves[name]!)
  const {at} = curves[0]!
  return {at, estimates: at.map((_, i) => estimate(curves.map(({value}) => value[i]!)))}
}

function finding(claim: Claim, strength: Strength, found: Estimate): Finding {
  return {claim, strength: claim.strength ?? strength, estimate: found, holds: holds(claim, found)}
}

/** The whole interval lies within the bounds: with 95 % confidence the true mean does. */
function holds({atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY}: Claim, it: Estimate): boolean {
  return it.mean - it.half >= atLeast && it.mean + it.half <= atMost
}

function verdictOn({strength, lacks}: Target, findings: readonly Finding[]): Verdict {
  if (lacks !== undefined || findings.some(it => !it.holds && it.strength !== 'C')) return 'short'
  return strength === 'C' ? 'recalled only' : 'reproduced'
}

/** Whether something that was seen in a source was not reproduced. */
export const fallsShort = ({subject, target, findings}: Conclusion): boolean =>
  (target?.lacks !== undefined && subject.strength === 'A') ||
  findings.some(({holds, strength}) => strength === 'A' && !holds)
