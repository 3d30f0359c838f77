import {type Estimate, estimate} from '../experiment/estimate.ts'
import type {Absent, Claim, Reading, Strength, Subject, Target} from './target.ts'

/**
 * reproduced      everything that must hold holds
 * undecided       nothing is missed, but chance may have put something on its side of a bound: more seeds tell
 * short           something is missed, or cannot be shown
 * recalled only   what was published is known from memory alone, so that nothing is proved
 * not simulated   the simulator has not what it takes
 */
export type Verdict = 'reproduced' | 'undecided' | 'short' | 'recalled only' | 'not simulated'

/** Whether the interval of a number lies within the bounds of its claim, on both sides of one of them, or outside. */
export type State = 'holds' | 'undecided' | 'missed'

export interface Finding {
  readonly claim: Claim
  readonly strength: Strength
  readonly estimate: Estimate
  readonly state: State
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
  return {claim, strength: claim.strength ?? strength, estimate: found, state: stateOf(claim, found)}
}

/** The whole interval counts, for with 95 % confidence the true mean lies somewhere in it. */
function stateOf(
  {atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY}: Claim,
  {mean, half}: Estimate,
): State {
  const [low, high] = [mean - half, mean + half]
  if (low >= atLeast && high <= atMost) return 'holds'
  return high < atLeast || low > atMost ? 'missed' : 'undecided'
}

function verdictOn({strength, lacks}: Target, findings: readonly Finding[]): Verdict {
  const states = findings.filter(it => it.strength !== 'C').map(({state}) => state)
  if (lacks !== undefined || states.includes('missed')) return 'short'
  if (states.includes('undecided')) return 'undecided'
  return strength === 'C' ? 'recalled only' : 'reproduced'
}

/** Whether something that was seen in a source is missed, undecided or cannot be shown. */
export const leavesOpen = ({subject, target, findings}: Conclusion): boolean =>
  (target?.lacks !== undefined && subject.strength === 'A') ||
  findings.some(({state, strength}) => strength === 'A' && state !== 'holds')
