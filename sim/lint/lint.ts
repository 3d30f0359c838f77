import type {Scenario} from '../scenario/scenario.ts'
import type {Strategy} from '../strategies/strategy.ts'
import {type Finding, severities} from './finding.ts'
import {rules} from './rules.ts'
import {Subject} from './subject.ts'

/** What does not go together in a scenario, the worst first, without letting time pass. */
export function lint(scenario: Scenario, strategies: readonly Strategy[]): readonly Finding[] {
  const subject = new Subject(scenario, strategies)
  const findings = rules.flatMap(({name, severity, evidence, find}) =>
    find(subject).map(trouble => ({rule: name, severity, ...trouble, evidence})),
  )
  return findings.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
}
